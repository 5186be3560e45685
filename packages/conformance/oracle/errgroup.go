package oracle

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"
)

// gate is the end of a task, or of a singleflight function, that waits for orders.
const gate = "gate"

// noLimit is a group's limit until one is set.
const noLimit = -1

// errgroups is one script for errgroup.Group.
type errgroups struct {
	*random
	record
	clock   *clock
	parent  source
	ctx     context.Context // the group's own; nil for the zero Group
	seen    string          // how ctx was when last looked at
	group   *errgroup.Group
	limit   int
	tasks   map[int]*task
	active  map[int]*task // started and not finished
	queue   map[int]*task // handed to a Go that has not returned
	waits   int           // calls of Wait that have not returned
	nextID  int
	release []func() // lets go who would hang for ever
	steps   []step
}

// task is a function given to the group.
type task struct {
	id     int
	end    string           // gate waits for orders; "" and an error end at once
	orders chan func() bool // true ends the task
	result error
	adding int // the task that this one is handing to the group, blocked
}

func recordErrgroup(r *random) script {
	s := &errgroups{random: r, clock: newClock(), limit: noLimit, tasks: map[int]*task{}, active: map[int]*task{}, queue: map[int]*task{}}
	line := script{}
	if kind := pick(r, []string{"", never, canceled, canceled, deadline, done}); kind == "" {
		s.group = new(errgroup.Group)
	} else {
		st := step{}
		s.parent = newSource(r, s.clock, kind, pick(r, []string{"", "d0"}), st)
		s.group, s.ctx = errgroup.WithContext(s.parent.ctx)
		line["parent"] = st
	}
	if r.percent(70) {
		s.setLimit(r.between(1, 4))
	}
	for range r.between(12, 34) {
		s.step()
	}
	if !r.percent(20) || !s.misuse() {
		s.drain()
	}
	s.cleanUp()
	line["steps"] = s.steps
	return line
}

func (s *errgroups) step() {
	ready := s.ready()
	s.choose(
		choice{when(s.mayGo(), 24), func() { s.start("go", 0) }},
		choice{when(s.mayTry(), 10), func() { s.start("tryGo", 0) }},
		choice{when(s.mayTry(), 4), s.burst},
		choice{when(len(ready) > 0 && s.mayGo() && s.mayBlockTask(), 8), func() { s.start("go", pick(s.random, ready)) }},
		choice{when(len(ready) > 0 && s.mayTry(), 4), func() { s.start("tryGo", pick(s.random, ready)) }},
		choice{when(len(ready) > 0, 26), func() { s.finish(pick(s.random, ready)) }},
		choice{when(s.mayWait(), 5), s.wait},
		choice{when(s.maySetLimit(), 7), func() { s.setLimit(s.between(-1, 4)) }},
		choice{when(s.parent.mayCancel, 2), s.cancel},
		choice{4, s.advance},
	)
}

func (s *errgroups) full() bool { return s.limit >= 0 && len(s.active) >= s.limit }

// mayGo also rules out a race: with a limit of one, the last task ending lets Wait return
// and a queued Go begin, in either order.
func (s *errgroups) mayGo() bool {
	return s.mayTry() && !(s.full() && s.limit == 1 && s.waits > 0) && !(s.limit == 0 && len(s.release) > 0)
}

func (s *errgroups) mayTry() bool { return len(s.active)+len(s.queue) < 8 }

// mayWait rules out the same race from the other side.
func (s *errgroups) mayWait() bool { return s.waits < 3 && !(s.limit == 1 && len(s.queue) > 0) }

// mayBlockTask keeps one task free to end, or the group would be deadlocked.
func (s *errgroups) mayBlockTask() bool { return !s.full() || len(s.ready()) > 1 }

// maySetLimit keeps to calls that leave the group sound; misuse makes the others.
func (s *errgroups) maySetLimit() bool { return len(s.active) == 0 && len(s.queue) == 0 || s.limit > 0 }

// ready returns the tasks that can take orders.
func (s *errgroups) ready() []int {
	ids := []int{}
	for _, id := range slices.Sorted(maps.Keys(s.active)) {
		if s.active[id].adding == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// add ends a step and keeps the books: who runs, who is queued, who waits.
func (s *errgroups) add(st step) {
	reports := s.settle(st)
	for _, e := range reports["started"] {
		if t := s.tasks[e.id]; t.end == gate {
			s.active[e.id] = t
		}
	}
	for _, e := range reports["returned"] {
		delete(s.queue, e.id)
	}
	s.waits -= len(reports["waited"])
	for _, t := range s.active {
		if s.queue[t.adding] == nil {
			t.adding = 0
		}
	}
	if s.ctx != nil {
		now := []any{nameOf(s.ctx.Err()), nameOf(context.Cause(s.ctx))}
		if seen := fmt.Sprint(now); seen != s.seen && s.ctx.Err() != nil {
			s.seen, st["ctx"] = seen, now
		}
	}
	s.steps = append(s.steps, st)
}
