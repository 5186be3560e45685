package oracle

import (
	"context"
	"fmt"
)

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
	// Whether a weight of zero waits shows best when everything is taken.
	if s.percent(4) || s.held == s.size && s.percent(16) {
		return 0
	}
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
	if s.races(waiter{n, at}) {
		at, n = 0, max(n, 1)
	}
	ctx := s.sources[at].ctx
	s.waiting[id] = waiter{n, at}
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
