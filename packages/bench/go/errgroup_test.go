package bench

import (
	"runtime"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/errgroup"
)

func BenchmarkGroupUnlimited(b *testing.B) {
	group(b, -1, func() error { return nil })
}

func BenchmarkGroupLimit(b *testing.B) {
	group(b, 10, func() error { return nil })
}

func BenchmarkGroupLimitReached(b *testing.B) {
	group(b, 10, func() error {
		runtime.Gosched()
		return nil
	})
}

func group(b *testing.B, limit int, f func() error) {
	var done atomic.Int64
	var g errgroup.Group
	g.SetLimit(limit)
	task := func() error {
		done.Add(1)
		return f()
	}
	for range b.N {
		g.Go(task)
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	all(b, int(done.Load()))
}
