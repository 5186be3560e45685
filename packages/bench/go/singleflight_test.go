package bench

import (
	"sync"
	"testing"

	"golang.org/x/sync/singleflight"
)

func BenchmarkSingleflightAlone(b *testing.B) {
	var g singleflight.Group
	load := func() (any, error) { return 1, nil }
	done := 0
	for range b.N {
		value, _, _ := g.Do("key", load)
		done += value.(int)
	}
	all(b, done)
}

// The function lasts until all callers are there; with more than one processor a few may come just too late and
// then make a call of their own.
func BenchmarkSingleflightShared(b *testing.B) {
	var g singleflight.Group
	values := make([]int, 1000)
	done := 0
	for start := 0; start < b.N; start += len(values) {
		callers := min(len(values), b.N-start)
		var wg, called sync.WaitGroup
		called.Add(callers)
		load := func() (any, error) {
			called.Wait()
			return 1, nil
		}
		for i := range callers {
			wg.Go(func() {
				called.Done()
				value, _, _ := g.Do("key", load)
				values[i] = value.(int)
			})
		}
		wg.Wait()
		for _, value := range values[:callers] {
			done += value
		}
	}
	all(b, done)
}
