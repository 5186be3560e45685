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

func BenchmarkContextChain(b *testing.B) {
	const depth = 100
	last := context.Background()
	for i := 0; i < b.N; i += depth {
		root, cancel := context.WithCancel(context.Background())
		last = root
		for range depth - 1 {
			ctx, stop := context.WithCancel(last)
			_ = stop
			last = ctx
		}
		cancel()
	}
	b.StopTimer()
	if last.Err() == nil {
		b.Fatal("not canceled")
	}
}

func BenchmarkContextErrLive(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := 0
	for range b.N {
		if ctx.Err() == nil {
			done++
		}
	}
	all(b, done)
}

func BenchmarkContextErrCanceled(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	done := 0
	for range b.N {
		if ctx.Err() != nil {
			done++
		}
	}
	all(b, done)
}

func BenchmarkContextDone(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := 0
	for range b.N {
		select {
		case <-ctx.Done():
		default:
			done++
		}
	}
	all(b, done)
}
