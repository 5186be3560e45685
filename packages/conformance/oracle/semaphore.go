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
	open    []int          // sources that can be cancelled
	waiting map[int]waiter // every acquire that has not returned
	held    int
	nextID  int
	steps   []step
}

// waiter is an acquire: how much, and until when.
type waiter struct{ n, source int }

func recordSemaphore(r *random) script {
	s := &semaphores{random: r, clock: newClock(), waiting: map[int]waiter{}}
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
	queue := s.queue()
	return len(queue) > 0 && queue[0].n <= s.size-s.held
}

// queue returns the waiters in their order. A weight that can never be waits outside.
func (s *semaphores) queue() []waiter {
	queue := []waiter{}
	for _, id := range slices.Sorted(maps.Keys(s.waiting)) {
		if w := s.waiting[id]; w.n <= s.size {
			queue = append(queue, w)
		}
	}
	return queue
}

// races says whether w in the queue would let the end of a context be a race: when it ends
// two waiters, and a third has a weight of zero, then it depends on who of the two leaves
// first whether the third is let in.
func (s *semaphores) races(w waiter) bool {
	zero, twice, seen := false, false, map[int]bool{}
	for _, w := range append(s.queue(), w) {
		zero = zero || w.n == 0
		twice = twice || w.source != 0 && seen[w.source]
		seen[w.source] = true
	}
	return zero && twice
}

// add ends a step: everything comes to rest, and what was seen is written down.
func (s *semaphores) add(st step) {
	for _, e := range s.settle(st)["settled"] {
		if e.outcome == nil {
			s.held += s.waiting[e.id].n
		}
		delete(s.waiting, e.id)
	}
	s.steps = append(s.steps, st)
}
