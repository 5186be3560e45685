package bench

import (
	"strconv"
	"sync"
	"testing"
)

// Keys as `any`, so that no string is boxed again and again.
func keys(n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = "key " + strconv.Itoa(i)
	}
	return list
}

func filled(list []any) *sync.Map {
	m := new(sync.Map)
	for _, k := range list {
		m.Store(k, 1)
	}
	return m
}

func BenchmarkSyncmapLoad(b *testing.B) {
	list := keys(1000)
	m := filled(list)
	b.ResetTimer()
	sum := 0
	for i := range b.N {
		if value, ok := m.Load(list[i%len(list)]); ok {
			sum += value.(int)
		}
	}
	all(b, sum)
}

func BenchmarkSyncmapLoadOrStore(b *testing.B) {
	list := keys(1000)
	m := filled(list)
	b.ResetTimer()
	sum := 0
	for i := range b.N {
		if value, loaded := m.LoadOrStore(list[i%len(list)], 2); loaded {
			sum += value.(int)
		}
	}
	all(b, sum)
}

func BenchmarkSyncmapBalanced(b *testing.B) {
	list := keys(500)
	list = append(list, list...)
	var m *sync.Map
	known := 0
	for i := range b.N {
		if i%len(list) == 0 {
			m = new(sync.Map)
		}
		if _, loaded := m.LoadOrStore(list[i%len(list)], 1); loaded {
			known++
		}
	}
	if b.N >= len(list) {
		all(b, known*2)
	}
}

func BenchmarkSyncmapRange(b *testing.B) {
	list := keys(1000)
	m := filled(list)
	b.ResetTimer()
	sum := 0
	for i := 0; i < b.N; i += len(list) {
		m.Range(func(_, value any) bool {
			sum += value.(int)
			return true
		})
	}
	if b.N >= len(list) {
		all(b, sum)
	}
}

// sweep does step with every key, again and again, b.N times in all.
func sweep(b *testing.B, step func(key any) bool) {
	list := keys(1000)
	b.ResetTimer()
	done := 0
	for i := range b.N {
		if step(list[i%len(list)]) {
			done++
		}
	}
	all(b, done)
}

func BenchmarkSyncmapMiss(b *testing.B) {
	m := filled([]any{"other"})
	sweep(b, func(key any) bool {
		_, ok := m.Load(key)
		return !ok
	})
}

func BenchmarkSyncmapSwap(b *testing.B) {
	m := filled(keys(1000))
	sweep(b, func(key any) bool {
		_, loaded := m.Swap(key, 1)
		return loaded
	})
}

func BenchmarkSyncmapCompareAndSwap(b *testing.B) {
	m := filled(keys(1000))
	sweep(b, func(key any) bool { return m.CompareAndSwap(key, 1, 1) })
}

func BenchmarkSyncmapLoadAndDelete(b *testing.B) {
	m := filled(keys(1000))
	sweep(b, func(key any) bool {
		_, loaded := m.LoadAndDelete(key)
		m.Store(key, 1)
		return loaded
	})
}

func BenchmarkSyncmapCompareAndDelete(b *testing.B) {
	m := filled(keys(1000))
	sweep(b, func(key any) bool {
		deleted := m.CompareAndDelete(key, 1)
		m.Store(key, 1)
		return deleted
	})
}

func BenchmarkSyncmapClear(b *testing.B) {
	var m sync.Map
	sweep(b, func(key any) bool {
		m.Store(key, 1)
		m.Clear()
		_, ok := m.Load(key)
		return !ok
	})
}
