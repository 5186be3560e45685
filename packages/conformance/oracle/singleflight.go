package oracle

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/sync/singleflight"
)

// flightKeys are in the order in which a call may wait for another: the function of one
// only ever calls Do with a later one, so that no two wait for each other.
var flightKeys = []string{"a", "b", "", "__proto__", "constructor"}

// flights is one script for singleflight.Group.
type flights struct {
	*random
	record
	group  singleflight.Group
	calls  map[int]*flight
	active map[int]*flight // those whose function runs
	nextID int
	steps  []step
}

// flight is one call of Do or DoChan, with a function of its own that may never run.
type flight struct {
	id      int
	key     int              // of flightKeys
	gate    bool             // the function waits for orders
	orders  chan func() bool // true ends the function
	val     any
	err     error
	waiting int // the Do that the function waits for
}

func recordSingleflight(r *random) script {
	s := &flights{random: r, calls: map[int]*flight{}, active: map[int]*flight{}}
	for range r.between(10, 30) {
		s.step()
	}
	for len(s.active) > 0 {
		s.finish(pick(r, s.ready()))
	}
	return script{"steps": s.steps}
}

func (s *flights) step() {
	ready := s.ready()
	s.choose(
		choice{26, func() { s.call("do", s.newFlight(s.key(), s.percent(80)), 0) }},
		choice{16, func() { s.call("doChan", s.newFlight(s.key(), s.percent(80)), 0) }},
		choice{when(len(ready) > 0, 6), func() { s.nest(pick(s.random, ready)) }},
		choice{8, func() { s.forget(s.key()) }},
		choice{6, s.burst},
		choice{when(len(ready) > 0, 26), func() { s.finish(pick(s.random, ready)) }},
	)
}

// key is one of few, so that calls meet.
func (s *flights) key() int {
	if s.percent(75) {
		return s.below(2)
	}
	return s.below(len(flightKeys))
}

// ready returns the running functions that can take orders.
func (s *flights) ready() []int {
	ids := []int{}
	for _, id := range slices.Sorted(maps.Keys(s.active)) {
		if s.active[id].waiting == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

func (s *flights) add(st step) {
	reports := s.settle(st)
	for _, e := range reports["executed"] {
		if f := s.calls[e.id]; f.gate {
			s.active[e.id] = f
		}
	}
	for _, e := range reports["results"] {
		for _, f := range s.active {
			if f.waiting == e.id {
				f.waiting = 0
			}
		}
	}
	s.steps = append(s.steps, st)
}

func (s *flights) newFlight(key int, gate bool) *flight {
	s.nextID++
	f := &flight{id: s.nextID, key: key, gate: gate, orders: make(chan func() bool)}
	switch s.below(20) {
	case 0:
	case 1, 2, 3, 4:
		f.err = fmt.Errorf("e%d", f.id)
	default:
		f.val = fmt.Sprintf("v%d", f.id)
	}
	s.calls[f.id] = f
	return f
}

func (s *flights) run(f *flight) (any, error) {
	s.report("executed", f.id)
	for f.gate && !(<-f.orders)() {
	}
	return f.val, f.err
}

// do calls Do or DoChan and reports the result; DoChan has registered when it returns.
func (s *flights) do(op string, f *flight) {
	run := func() (any, error) { return s.run(f) }
	if op == "do" {
		val, err, shared := s.group.Do(flightKeys[f.key], run)
		s.report("results", f.id, val, nameOf(err), shared)
		return
	}
	result := s.group.DoChan(flightKeys[f.key], run)
	go func() {
		r := <-result
		s.report("results", f.id, r.Val, nameOf(r.Err), r.Shared)
	}()
}

// describe says all about f that the one who replays it has to know beforehand.
func (f *flight) describe(op string) step {
	st := step{"op": op, "id": f.id, "key": flightKeys[f.key], "val": f.val, "err": nameOf(f.err)}
	if f.gate {
		st["gate"] = true
	}
	return st
}

// call makes a call, on its own or, with by, from the function of that call.
func (s *flights) call(op string, f *flight, by int) {
	st := f.describe(op)
	if by == 0 {
		go s.do(op, f)
	} else {
		st["by"] = by
		if op == "do" {
			s.active[by].waiting = f.id
		}
		s.active[by].orders <- func() bool { s.do(op, f); return false }
	}
	s.add(st)
}

func (s *flights) nest(by int) {
	if key := s.active[by].key + 1; key < len(flightKeys) {
		s.call(pick(s.random, []string{"do", "do", "doChan"}), s.newFlight(key, s.percent(80)), by)
	}
}

func (s *flights) forget(key int) {
	s.group.Forget(flightKeys[key])
	s.add(step{"op": "forget", "key": flightKeys[key]})
}

// burst makes several calls before any function runs. A function that ended at once
// would race with the calls after it.
func (s *flights) burst() {
	ops := []step{}
	key := s.key()
	for range s.between(2, 5) {
		if s.percent(25) {
			s.group.Forget(flightKeys[key])
			ops = append(ops, step{"op": "forget", "key": flightKeys[key]})
			continue
		}
		f := s.newFlight(key, true)
		s.do("doChan", f)
		ops = append(ops, f.describe("doChan"))
	}
	s.add(step{"op": "burst", "ops": ops})
}

func (s *flights) finish(id int) {
	f := s.active[id]
	delete(s.active, id)
	f.orders <- func() bool { return true }
	s.add(step{"op": "finish", "id": id})
}
