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

func BenchmarkBatch(b *testing.B) {
	results := make([]int, b.N)
	var g errgroup.Group
	g.SetLimit(16)
	for i := range b.N {
		g.Go(func() error {
			runtime.Gosched()
			results[i] = 1
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	done := 0
	for _, one := range results {
		done += one
	}
	all(b, done)
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
