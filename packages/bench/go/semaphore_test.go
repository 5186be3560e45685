package bench

import (
	"context"
	"runtime"
	"sync"
	"testing"

	"golang.org/x/sync/semaphore"
)

func BenchmarkAcquireFree(b *testing.B) {
	sem, ctx := semaphore.NewWeighted(1), context.Background()
	done := 0
	for range b.N {
		if sem.Acquire(ctx, 1) == nil {
			done++
		}
		sem.Release(1)
	}
	all(b, done)
}

func BenchmarkAcquireFreeContext(b *testing.B) {
	sem := semaphore.NewWeighted(1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := 0
	for range b.N {
		if sem.Acquire(ctx, 1) == nil {
			done++
		}
		sem.Release(1)
	}
	all(b, done)
}

func BenchmarkTryAcquire(b *testing.B) {
	sem := semaphore.NewWeighted(1)
	done := 0
	for range b.N {
		if sem.TryAcquire(1) {
			done++
		}
		sem.Release(1)
	}
	all(b, done)
}

// crowd starts workers goroutines that together run round b.N times.
func crowd(b *testing.B, workers int, round func(worker int)) {
	var wg sync.WaitGroup
	for worker := range workers {
		rounds := b.N / workers
		if worker < b.N%workers {
			rounds++
		}
		wg.Go(func() {
			for range rounds {
				round(worker)
			}
		})
	}
	wg.Wait()
}

func BenchmarkContended(b *testing.B) {
	sem, ctx := semaphore.NewWeighted(1), context.Background()
	done := 0
	crowd(b, 1000, func(int) {
		if sem.Acquire(ctx, 1) == nil {
			runtime.Gosched()
			done++
			sem.Release(1)
		}
	})
	all(b, done)
}

func BenchmarkWeighted(b *testing.B) {
	sem := semaphore.NewWeighted(10)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var mu sync.Mutex
	done := 0
	crowd(b, 200, func(worker int) {
		weight := int64(1 + worker%5)
		if sem.Acquire(ctx, weight) == nil {
			runtime.Gosched()
			mu.Lock()
			done++
			mu.Unlock()
			sem.Release(weight)
		}
	})
	all(b, done)
}

func BenchmarkAbortWaiters(b *testing.B) {
	sem := semaphore.NewWeighted(1)
	sem.TryAcquire(1)
	ctx, cancel := context.WithCancel(context.Background())
	errs := make([]error, b.N)
	b.ResetTimer()
	var wg sync.WaitGroup
	for i := range b.N {
		wg.Go(func() { errs[i] = sem.Acquire(ctx, 1) })
	}
	cancel()
	wg.Wait()
	done := 0
	for _, err := range errs {
		if err != nil {
			done++
		}
	}
	all(b, done)
}

// all fails the benchmark when not all of the work was done.
func all(b *testing.B, done int) {
	b.Helper()
	if done != b.N {
		b.Fatalf("%d of %d items were done", done, b.N)
	}
}

func BenchmarkSemaphoreNew(b *testing.B) {
	done := 0
	for range b.N {
		if semaphore.NewWeighted(128).TryAcquire(128) {
			done++
		}
	}
	all(b, done)
}
