package oracle

import (
	"flag"
	"testing"
	"testing/synctest"
)

var (
	out     = flag.String("out", "", "folder for the vectors; without it nothing is recorded")
	xsync   = flag.String("xsync", "", "folder of x/sync, to say which it is")
	seed    = flag.Uint64("seed", 2026, "where the scripts begin")
	scripts = flag.Int("scripts", 1000, "scripts per primitive")
)

var primitives = []struct {
	name   string
	record func(*random) script
}{
	{"context", recordContext},
	{"semaphore", recordSemaphore},
	{"errgroup", recordErrgroup},
	{"singleflight", recordSingleflight},
	{"syncmap", recordSyncMap},
}

// TestRecord is a test because only a test may open a bubble.
func TestRecord(t *testing.T) {
	if *out == "" {
		t.Skip("no -out")
	}
	version, hash, err := identify(*xsync)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range primitives {
		lines := []script{}
		for i := range *scripts {
			r := newRandom(*seed, p.name, i)
			synctest.Test(t, func(t *testing.T) {
				line := p.record(r)
				line["script"] = i
				lines = append(lines, line)
			})
		}
		h := header{Primitive: p.name, XSync: version, SHA256: hash, Seed: *seed}
		if err := write(*out, h, lines); err != nil {
			t.Fatal(err)
		}
	}
}
