package oracle

import (
	"maps"
	"slices"
	"testing/synctest"

	"golang.org/x/sync/semaphore"
)

// semaphores is one script for semaphore.Weighted.
type semaphores struct {
	*random
	record
	clock   *clock
	size    int
	sem     *semaphore.Weighted
	sources []source
	open    []int       // sources that can be cancelled
	waiting map[int]int // the weight of every acquire that has not returned
	held    int
	nextID  int
	steps   []step
}

func recordSemaphore(r *random) script {
	s := &semaphores{random: r, clock: newClock(), waiting: map[int]int{}}
	if !r.percent(4) { // of size 0 there is little to say
		s.size = r.between(1, 5)
	}
	s.sem = semaphore.NewWeighted(int64(s.size))
	s.source(never)
	s.source(canceled)
	s.source(pick(r, []string{canceled, deadline}))
	for range r.between(12, 34) {
		if s.stuck() {
			break
		}
		s.step()
	}
	switch {
	case s.stuck():
	case r.percent(25):
		s.overRelease()
	default:
		s.drain()
	}
	for _, source := range s.sources {
		source.cancel(nil)
	}
	synctest.Wait()
	return script{"size": s.size, "steps": s.steps}
}

func (s *semaphores) step() {
	s.choose(
		choice{when(len(s.waiting) < 9, 34), s.acquire},
		choice{10, func() { s.sync("try") }},
		choice{when(s.held > 0, 24), func() { s.sync("release") }},
		choice{when(s.held > 0, 8), s.burst},
		choice{4, func() { s.source(pick(s.random, []string{canceled, deadline, deadline, done})) }},
		choice{when(len(s.open) > 0, 8), s.cancel},
		choice{8, s.advance},
	)
}

// stuck says that the first in the queue fits and was left waiting all the same. That
// happens to a weight of zero, when the last unit is taken and who was ahead of it gives
// up. A script that has shown this says no more: what follows depends on it.
func (s *semaphores) stuck() bool {
	for _, id := range slices.Sorted(maps.Keys(s.waiting)) {
		if n := s.waiting[id]; n <= s.size { // the others wait outside of the queue
			return n <= s.size-s.held
		}
	}
	return false
}

// add ends a step: everything comes to rest, and what was seen is written down.
func (s *semaphores) add(st step) {
	for _, e := range s.settle(st)["settled"] {
		if e.outcome == nil {
			s.held += s.waiting[e.id]
		}
		delete(s.waiting, e.id)
	}
	s.steps = append(s.steps, st)
}
