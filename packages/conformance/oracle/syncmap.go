package oracle

import (
	"math"
	"sync"
)

// syncMaps is one script for sync.Map.
type syncMaps struct {
	*random
	m     sync.Map
	steps []step
}

// object is a value that equals only itself, as a pointer does.
type object struct {
	ID int `json:"object"`
}

var objects = []*object{{1}, {2}}

// mapKeys are few, so that operations meet, and of kinds that are easily mixed up.
var mapKeys = []any{"a", "b", "1", 1, 0, 0.5, true, "true", nil, "", "__proto__", objects[0]}

var mapValues = []any{"x", "y", 1, 2, "1", nil, true, math.NaN(), objects[0], objects[1]}

// written is how a vector writes a value: JSON has no NaN.
func written(v any) any {
	if f, ok := v.(float64); ok && math.IsNaN(f) {
		return map[string]any{"number": "NaN"}
	}
	return v
}

func recordSyncMap(r *random) script {
	s := &syncMaps{random: r}
	first, keys := r.below(len(mapKeys)), r.between(2, 9)
	for range r.between(12, 38) {
		s.step(mapKeys[(first+s.below(keys))%len(mapKeys)])
	}
	s.rangeOver(callbacks[0])
	return script{"steps": s.steps}
}

func (s *syncMaps) value() any { return pick(s.random, mapValues) }

// old is what a compare compares with: half of the time what is there.
func (s *syncMaps) old(key any) any {
	if v, ok := s.m.Load(key); ok && s.percent(60) {
		return v
	}
	return s.value()
}

func (s *syncMaps) step(key any) {
	v := s.value()
	st := step{}
	with := func(op string, run func()) func() {
		return func() {
			st["op"], st["key"] = op, key
			run()
			s.steps = append(s.steps, st)
		}
	}
	pair := func(v any, ok bool) { st["result"] = []any{written(v), ok} }
	s.choose(
		choice{12, with("load", func() { pair(s.m.Load(key)) })},
		choice{18, with("store", func() { s.m.Store(key, v); st["value"] = written(v) })},
		choice{10, with("loadOrStore", func() { pair(s.m.LoadOrStore(key, v)); st["value"] = written(v) })},
		choice{8, with("loadAndDelete", func() { pair(s.m.LoadAndDelete(key)) })},
		choice{8, with("delete", func() { s.m.Delete(key) })},
		choice{8, with("swap", func() { pair(s.m.Swap(key, v)); st["value"] = written(v) })},
		choice{10, with("compareAndSwap", func() {
			old := s.old(key)
			st["old"], st["value"], st["ok"] = written(old), written(v), s.m.CompareAndSwap(key, old, v)
		})},
		choice{8, with("compareAndDelete", func() {
			old := s.old(key)
			st["old"], st["ok"] = written(old), s.m.CompareAndDelete(key, old)
		})},
		choice{3, func() { s.m.Clear(); s.steps = append(s.steps, step{"op": "clear"}) }},
		choice{14, func() { s.rangeOver(pick(s.random, callbacks)) }},
	)
}
