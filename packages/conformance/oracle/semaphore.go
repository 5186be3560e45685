package oracle

import (
	"context"
	"fmt"
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
		s.step()
	}
	if r.percent(25) {
		s.overRelease()
	} else {
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

// source opens one more context. They are all unrelated: when a parent ends, its children
// end one after the other, and a waiter of the first could let in a waiter of the second
// before or after the second has ended.
func (s *semaphores) source(kind string) {
	st := step{"op": "context"}
	cause := ""
	if s.percent(50) {
		cause = fmt.Sprintf("d%d", len(s.sources))
	}
	if kind == canceled || kind == deadline {
		s.open = append(s.open, len(s.sources))
	}
	s.sources = append(s.sources, newSource(s.random, s.clock, kind, cause, st))
	s.add(st)
}

// weight is mostly one that fits, sometimes nothing at all or more than there can be.
func (s *semaphores) weight() int {
	if s.percent(20) || s.size == 0 {
		return s.between(0, s.size+2)
	}
	return s.between(1, s.size)
}

func (s *semaphores) acquire() {
	s.nextID++
	id, n, at := s.nextID, s.weight(), s.below(len(s.sources))
	if s.sources[at].ctx.Err() != nil && s.percent(80) {
		at = 0
	}
	ctx := s.sources[at].ctx
	s.waiting[id] = n
	go func() {
		if err := s.sem.Acquire(ctx, int64(n)); err != nil {
			s.report("settled", id, nameOf(err), nameOf(context.Cause(ctx)))
		} else {
			s.report("settled", id)
		}
	}()
	s.add(step{"op": "acquire", "id": id, "ctx": at, "n": n})
}

// now does an operation that does not block, and describes it.
func (s *semaphores) now(op string) step {
	if op == "try" {
		n := s.weight()
		ok := s.sem.TryAcquire(int64(n))
		if ok {
			s.held += n
		}
		return step{"op": op, "n": n, "ok": ok}
	}
	n := s.between(min(1, s.held), s.held)
	if s.percent(4) {
		n = 0
	}
	s.held -= n
	s.sem.Release(int64(n))
	return step{"op": op, "n": n}
}

func (s *semaphores) sync(op string) { s.add(s.now(op)) }

// burst releases and tries again and again before any woken waiter runs.
func (s *semaphores) burst() {
	ops := []step{}
	for range s.between(2, 4) {
		ops = append(ops, s.now(pick(s.random, []string{"release", "try"})))
	}
	s.add(step{"op": "burst", "ops": ops})
}

func (s *semaphores) cancel() {
	at := pick(s.random, s.open)
	st := step{"op": "cancel", "ctx": at}
	cause := ""
	if s.percent(50) {
		cause = fmt.Sprintf("c%d", len(s.steps))
		st["cause"] = cause
	}
	s.sources[at].cancel(errorNamed(cause))
	s.add(st)
}

func (s *semaphores) advance() {
	ms := s.between(1, 25)
	advance(ms)
	s.add(step{"op": "advance", "ms": ms})
}

// drain releases what is held, bit by bit: the order of the queue shows to its end.
func (s *semaphores) drain() {
	for range 12 {
		if s.held > 0 {
			s.sync("release")
		}
	}
}

// overRelease releases more than is held, and then shows what that did to the semaphore.
// Nothing can follow: from here on Go's counts more room than it has.
func (s *semaphores) overRelease() {
	for _, n := range []int{s.held + s.between(1, 3), 0} {
		text := recovered(func() { s.sem.Release(int64(n)) })
		s.add(step{"op": "release", "n": n, "panic": text})
	}
	s.add(step{"op": "try", "n": s.size + 1, "ok": s.sem.TryAcquire(int64(s.size + 1))})
}
