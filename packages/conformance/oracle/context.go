package oracle

import "context"

// key is the type of the keys of values.
type key string

func (k key) String() string { return string(k) }

var contextKeys = []key{"k0", "k1", "k2"}

// contexts is one script for trees of contexts.
type contexts struct {
	*random
	record
	clock *clock
	nodes []*node
	stops map[int]func() bool
	aims  map[int]bool // nodes that a callback cancels
	next  int
	steps []step
}

// node is a context and what the script may do with it.
type node struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	// causes says that cancel takes a cause.
	causes bool
	// rooted says that no other context ends this one.
	rooted bool
	// seen says that its end has been recorded.
	seen bool
}

func recordContext(r *random) script {
	s := &contexts{random: r, clock: newClock(), stops: map[int]func() bool{}, aims: map[int]bool{}}
	s.derive("background")
	s.derive("todo")
	for range r.between(14, 36) {
		s.step()
	}
	s.settle(step{})
	for _, n := range s.nodes {
		if n.cancel != nil {
			n.cancel(nil)
		}
	}
	return script{"steps": s.steps}
}

func (s *contexts) step() {
	room := len(s.nodes) < 18
	s.choose(
		choice{when(room, 12), func() { s.derive("withCancel") }},
		choice{when(room, 12), func() { s.derive("withCancelCause") }},
		choice{when(room, 6), func() { s.timed("withDeadline") }},
		choice{when(room, 6), func() { s.timed("withDeadlineCause") }},
		choice{when(room, 6), func() { s.timed("withTimeout") }},
		choice{when(room, 6), func() { s.timed("withTimeoutCause") }},
		choice{when(room, 10), func() { s.derive("withValue") }},
		choice{when(room, 4), func() { s.derive("withoutCancel") }},
		choice{when(room, 3), func() { s.derive("foreign") }},
		choice{18, s.afterFunc},
		choice{when(len(s.stops) > 0, 6), s.stop},
		choice{when(len(s.ends()) > 0, 14), s.cancel},
		choice{10, s.advance},
	)
}

// parent prefers the young and the living.
func (s *contexts) parent() int {
	at := max(s.below(len(s.nodes)), s.below(len(s.nodes)))
	if s.nodes[at].ctx.Err() != nil && s.percent(70) {
		at = s.below(len(s.nodes))
	}
	return at
}

// ends returns the nodes that can be cancelled.
func (s *contexts) ends() []int {
	ids := []int{}
	for id, n := range s.nodes {
		if n.cancel != nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// add ends a step and writes down which contexts ended in it, and how.
func (s *contexts) add(st step) {
	s.settle(st)
	done := []any{}
	for id, n := range s.nodes {
		if !n.seen && n.ctx.Err() != nil {
			n.seen = true
			done = append(done, []any{id, nameOf(n.ctx.Err()), nameOf(context.Cause(n.ctx))})
		}
	}
	if len(done) > 0 {
		st["done"] = done
	}
	s.steps = append(s.steps, st)
}

// born ends the step that made n, and writes down what will never change about it.
func (s *contexts) born(n *node, st step) {
	s.nodes = append(s.nodes, n)
	st["string"] = nameOfContext(n.ctx)
	if at, ok := n.ctx.Deadline(); ok {
		st["deadline"] = at.Sub(s.clock.start).Milliseconds()
	}
	values := map[string]any{}
	for _, k := range contextKeys {
		if v := n.ctx.Value(k); v != nil {
			values[string(k)] = v
		}
	}
	st["values"] = values
	s.add(st)
}
