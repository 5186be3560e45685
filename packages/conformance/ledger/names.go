// Command names lists what a port of Go's context, of sync.Map and of golang.org/x/sync
// has to answer for: every exported symbol, and every test, example and benchmark.
//
// It reads sources, runs nothing, and prints JSON. The script regenerate calls it.
package main

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// names tells what kind each name of a package is: a symbol, test, example or benchmark.
type names map[string]string

func main() {
	log.SetFlags(0)
	goroot := flag.String("goroot", "", "`folder` of the Go installation")
	xsync := flag.String("xsync", "", "`folder` of golang.org/x/sync")
	version := flag.String("version", "", "`version` of golang.org/x/sync")
	flag.Parse()

	packages := map[string]names{
		"context": read(filepath.Join(*goroot, "src", "context"), all),
		"sync":    read(filepath.Join(*goroot, "src", "sync"), aboutMap),
	}
	for _, name := range []string{"errgroup", "semaphore", "singleflight", "syncmap"} {
		packages["golang.org/x/sync/"+name] = read(filepath.Join(*xsync, name), all)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	err := out.Encode(struct {
		Go       string           `json:"go"`
		XSync    string           `json:"xsync"`
		Command  string           `json:"command"`
		Packages map[string]names `json:"packages"`
	}{runtime.Version(), *version, "packages/conformance/ledger/regenerate", packages})
	if err != nil {
		log.Fatal(err)
	}
}

// A filter says whether a name that is declared in a file belongs on the list.
type filter func(file, name string) bool

func all(file, name string) bool { return true }

// aboutMap picks sync.Map out of its package.
func aboutMap(file, name string) bool {
	return strings.HasPrefix(file, "map") || strings.HasPrefix(name, "ExampleMap")
}

func read(folder string, wanted filter) names {
	found := names{}
	test := func(info fs.FileInfo) bool { return strings.HasSuffix(info.Name(), "_test.go") }
	source := func(info fs.FileInfo) bool { return !test(info) }

	for file, tree := range parse(folder, source) {
		for _, name := range exported(tree) {
			if wanted(file, name) {
				found[name] = "symbol"
			}
		}
	}
	for file, tree := range parse(folder, test) {
		for _, decl := range tree.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil || !wanted(file, f.Name.Name) {
				continue
			}
			for _, kind := range []string{"Test", "Example", "Benchmark"} {
				if strings.HasPrefix(f.Name.Name, kind) && f.Name.Name != "TestMain" {
					found[f.Name.Name] = strings.ToLower(kind)
				}
			}
		}
	}
	return found
}

// parse returns the files of a folder by their names.
func parse(folder string, wanted func(fs.FileInfo) bool) map[string]*ast.File {
	entries, err := os.ReadDir(folder)
	if err != nil {
		log.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			log.Fatal(err)
		}
		if !strings.HasSuffix(info.Name(), ".go") || !wanted(info) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, info.Name()), nil, 0)
		if err != nil {
			log.Fatal(err)
		}
		files[info.Name()] = file
	}
	return files
}

// exported lists what a file exports: its names, and those of methods and fields as
// Type.Name.
func exported(file *ast.File) []string {
	var list []string
	add := func(path ...*ast.Ident) {
		var parts []string
		for _, ident := range path {
			if !ident.IsExported() {
				return
			}
			parts = append(parts, ident.Name)
		}
		list = append(list, strings.Join(parts, "."))
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				add(decl.Name)
			} else {
				add(receiver(decl.Recv.List[0].Type), decl.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						add(name)
					}
				case *ast.TypeSpec:
					add(spec.Name)
					for _, member := range members(spec.Type) {
						add(spec.Name, member)
					}
				}
			}
		}
	}
	return list
}

func receiver(expr ast.Expr) *ast.Ident {
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	ident, ok := expr.(*ast.Ident)
	if !ok {
		log.Fatalf("receiver of an unknown form: %T", expr)
	}
	return ident
}

// members lists the fields of a struct, or the methods of an interface.
func members(expr ast.Expr) []*ast.Ident {
	var fields *ast.FieldList
	switch expr := expr.(type) {
	case *ast.StructType:
		fields = expr.Fields
	case *ast.InterfaceType:
		fields = expr.Methods
	default:
		return nil
	}
	var list []*ast.Ident
	for _, field := range fields.List {
		list = append(list, field.Names...)
	}
	return list
}
