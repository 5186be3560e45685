module github.com/gosync/gosync/packages/conformance/oracle

go 1.25

require golang.org/x/sync v0.24.0
