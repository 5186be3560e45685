package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// callback is what the function given to Range does at each key. Go's order is random, so
// it may do only what gives the same in any order: mostly, touch the key it is at.
type callback struct {
	name string
	// visit returns what it got, and whether to go on.
	visit func(s *syncMaps, key, value, with any) (got any, more bool)
	// counts is set where even the visited keys depend on the order: only their number
	// is recorded.
	counts bool
}

var callbacks = []callback{
	{name: "look", visit: func(*syncMaps, any, any, any) (any, bool) { return nil, true }},
	{name: "stop", counts: true, visit: func(s *syncMaps, _, _, _ any) (any, bool) { return nil, false }},
	{name: "delete", visit: func(s *syncMaps, k, _, _ any) (any, bool) { s.m.Delete(k); return nil, true }},
	{name: "store", visit: func(s *syncMaps, k, _, with any) (any, bool) { s.m.Store(k, with); return nil, true }},
	{name: "storeAgain", visit: func(s *syncMaps, k, _, with any) (any, bool) {
		s.m.Delete(k)
		s.m.Store(k, with)
		return nil, true
	}},
	{name: "swap", visit: func(s *syncMaps, k, _, with any) (any, bool) {
		old, ok := s.m.Swap(k, with)
		return []any{written(old), ok}, true
	}},
	{name: "loadOrStore", visit: func(s *syncMaps, k, _, with any) (any, bool) {
		v, ok := s.m.LoadOrStore(k, with)
		return []any{written(v), ok}, true
	}},
	{name: "loadAndDelete", visit: func(s *syncMaps, k, _, _ any) (any, bool) {
		v, ok := s.m.LoadAndDelete(k)
		return []any{written(v), ok}, true
	}},
	{name: "compareAndSwap", visit: func(s *syncMaps, k, v, with any) (any, bool) {
		return s.m.CompareAndSwap(k, v, with), true
	}},
	{name: "compareAndDelete", visit: func(s *syncMaps, k, v, _ any) (any, bool) {
		return s.m.CompareAndDelete(k, v), true
	}},
	// Whether entries are still visited after Clear is left open by Range's contract, so
	// this one stops.
	{name: "clear", counts: true, visit: func(s *syncMaps, _, _, _ any) (any, bool) { s.m.Clear(); return nil, false }},
	{name: "deleteAll", counts: true, visit: func(s *syncMaps, _, _, _ any) (any, bool) {
		for _, k := range s.keys() {
			s.m.Delete(k)
		}
		return nil, true
	}},
	// Whether the new keys are visited depends on the order: they are left out.
	{name: "add", visit: func(s *syncMaps, k, _, with any) (any, bool) {
		s.m.Store(added+text(k), with)
		return nil, true
	}},
	{name: "nest", visit: func(s *syncMaps, _, _, _ any) (any, bool) { return len(s.keys()), true }},
}

// added begins the keys that a callback adds.
const added = "added "

func (s *syncMaps) keys() []any {
	keys := []any{}
	s.m.Range(func(k, _ any) bool { keys = append(keys, k); return true })
	return keys
}

// rangeOver ranges with a callback, and then with one that only looks, so that the script
// shows what the first one left behind.
func (s *syncMaps) rangeOver(c callback) {
	with := s.value()
	visits, count := []any{}, 0
	s.m.Range(func(k, v any) bool {
		if name, ok := k.(string); ok && c.name == "add" && strings.HasPrefix(name, added) {
			return true
		}
		count++
		got, more := c.visit(s, k, v, with)
		visit := []any{k, written(v)}
		if got != nil {
			visit = append(visit, got)
		}
		visits = append(visits, visit)
		return more
	})
	slices.SortFunc(visits, func(a, b any) int { return strings.Compare(text(a), text(b)) })
	st := step{"op": "range", "callback": c.name, "with": written(with)}
	if c.counts {
		st["count"] = count
	} else {
		st["visits"] = visits
	}
	s.steps = append(s.steps, st)
	if c.name != "look" {
		s.rangeOver(callbacks[0])
	}
}

// text is the JSON of a value.
func text(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprint("cannot write ", v, ": ", err))
	}
	return string(data)
}
