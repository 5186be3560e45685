package bench

import (
	"context"
	"testing"
	"time"
)

func BenchmarkContextCancel(b *testing.B) {
	parent, stop := context.WithCancel(context.Background())
	defer stop()
	last := parent
	for range b.N {
		ctx, cancel := context.WithCancel(parent)
		cancel()
		last = ctx
	}
	b.StopTimer()
	if last.Err() == nil || parent.Err() != nil {
		b.Fatal("not canceled, or more than that")
	}
}

func BenchmarkContextTimeout(b *testing.B) {
	done := 0
	for range b.N {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		cancel()
		if _, ok := ctx.Deadline(); ok {
			done++
		}
	}
	all(b, done)
}

func children(parent context.Context, n int) []context.Context {
	list := make([]context.Context, n)
	for i := range list {
		ctx, cancel := context.WithCancel(parent)
		// It is the parent's end that is measured.
		_ = cancel
		list[i] = ctx
	}
	return list
}

func canceled(list []context.Context) int {
	done := 0
	for _, ctx := range list {
		if ctx.Err() != nil {
			done++
		}
	}
	return done
}

func BenchmarkContextTree(b *testing.B) {
	parent, cancel := context.WithCancel(context.Background())
	list := children(parent, b.N)
	b.ResetTimer()
	cancel()
	b.StopTimer()
	all(b, canceled(list))
}

func BenchmarkGrowthChildren(b *testing.B) {
	parent, cancel := context.WithCancel(context.Background())
	list := children(parent, b.N)
	cancel()
	b.StopTimer()
	all(b, canceled(list))
}

type key int

func BenchmarkContextValue(b *testing.B) {
	ctx := context.Background()
	for i := range 100 {
		ctx = context.WithValue(ctx, key(i), i)
	}
	var missing any = key(-1)
	done := 0
	for range b.N {
		if ctx.Value(missing) == nil {
			done++
		}
	}
	all(b, done)
}
