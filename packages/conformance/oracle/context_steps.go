package oracle

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"
)

// month is longer than the 2^31-1 ms that timers elsewhere can take.
const month = 31 * 24 * 60 * 60 * 1000

// deadlineText is what differs from place to place in a context's name.
var deadlineText = regexp.MustCompile(`WithDeadline\([^[]*\[[^]]*\]\)`)

func nameOfContext(ctx context.Context) string {
	return deadlineText.ReplaceAllString(fmt.Sprint(ctx), "WithDeadline")
}

// derive makes a context that takes no time.
func (s *contexts) derive(op string) {
	n, st := &node{}, step{"op": op}
	at := s.parent
	switch op {
	case "background":
		n.ctx = context.Background()
	case "todo":
		n.ctx = context.TODO()
	case "foreign":
		f := &foreign{Context: context.Background(), done: make(chan struct{})}
		n.ctx, n.cancel = f, func(error) { f.end() }
	case "withCancel":
		ctx, cancel := context.WithCancel(s.from(at(), st))
		n.ctx, n.cancel = ctx, func(error) { cancel() }
	case "withCancelCause":
		parent := s.from(at(), st)
		n.ctx, n.cancel = context.WithCancelCause(parent)
		n.causes, n.rooted = true, parent.Done() == nil
	case "withValue":
		k := pick(s.random, contextKeys)
		value := fmt.Sprintf("v%d", len(s.nodes))
		st["key"], st["value"] = string(k), value
		n.ctx = context.WithValue(s.from(at(), st), k, value)
		if s.percent(10) {
			delete(st, "value") // nil hides what an ancestor has
			n.ctx = context.WithValue(s.from(st["parent"].(int), st), k, nil)
		}
	case "withoutCancel":
		n.ctx = context.WithoutCancel(s.from(at(), st))
	}
	s.born(n, st)
}

func (s *contexts) from(parent int, st step) context.Context {
	st["parent"] = parent
	return s.nodes[parent].ctx
}

// timed makes a context with a deadline: past, now, soon or in a month.
func (s *contexts) timed(op string) {
	st := step{"op": op}
	parent := s.from(s.parent(), st)
	now := s.clock.now()
	at := now + s.between(-10, 70)
	if s.percent(6) {
		at = now + month
	}
	if s.percent(6) && !s.clock.taken[now] {
		at = now
	}
	at = s.clock.unique(at)
	cause := fmt.Sprintf("t%d", len(s.nodes))
	if s.percent(20) {
		cause = "" // a nil cause is no cause
	}
	timeout := time.Duration(at-now) * time.Millisecond
	n := &node{}
	var cancel context.CancelFunc
	switch op {
	case "withDeadline":
		n.ctx, cancel = context.WithDeadline(parent, s.clock.at(at))
	case "withDeadlineCause":
		n.ctx, cancel = context.WithDeadlineCause(parent, s.clock.at(at), errorNamed(cause))
	case "withTimeout":
		n.ctx, cancel = context.WithTimeout(parent, timeout)
	case "withTimeoutCause":
		n.ctx, cancel = context.WithTimeoutCause(parent, timeout, errorNamed(cause))
	}
	n.cancel = func(error) { cancel() }
	st["ms"] = at
	if op == "withTimeout" || op == "withTimeoutCause" {
		st["ms"] = at - now
	}
	if cause != "" && (op == "withDeadlineCause" || op == "withTimeoutCause") {
		st["cause"] = cause
	}
	s.born(n, st)
}

// afterFunc registers a callback. Some callbacks cancel a context in their turn: one that
// nothing else can end in the same step, or who was first would be a race.
func (s *contexts) afterFunc() {
	s.next++
	id := s.next
	st := step{"op": "afterFunc", "id": id}
	f := func() { s.report("ran", id) }
	if aim := s.below(len(s.nodes)); s.nodes[aim].rooted && s.nodes[aim].causes && !s.aims[aim] {
		s.aims[aim] = true
		cause := fmt.Sprintf("a%d", id)
		st["cancels"], st["cause"] = aim, cause
		f = func() {
			s.report("ran", id)
			s.nodes[aim].cancel(errorNamed(cause))
		}
	}
	at := s.parent()
	st["ctx"] = at
	s.stops[id] = context.AfterFunc(s.nodes[at].ctx, f)
	s.add(st)
}

func (s *contexts) stop() {
	id := pick(s.random, slices.Sorted(maps.Keys(s.stops)))
	s.add(step{"op": "stop", "id": id, "ok": s.stops[id]()})
}

func (s *contexts) cancel() {
	at := pick(s.random, s.ends())
	st := step{"op": "cancel", "ctx": at}
	cause := ""
	if s.nodes[at].causes && s.percent(75) {
		cause = fmt.Sprintf("c%d", len(s.steps))
		st["cause"] = cause
	}
	s.nodes[at].cancel(errorNamed(cause))
	s.add(st)
}

func (s *contexts) advance() {
	ms := s.between(1, 25)
	if s.percent(5) {
		ms = month + 100
	}
	advance(ms)
	s.add(step{"op": "advance", "ms": ms})
}

// foreign is a Context that somebody else wrote, with an end of its own.
type foreign struct {
	context.Context
	done chan struct{}
}

func (f *foreign) Done() <-chan struct{} { return f.done }

func (f *foreign) Err() error {
	select {
	case <-f.done:
		return context.Canceled
	default:
		return nil
	}
}

func (f *foreign) String() string { return "foreign" }

func (f *foreign) end() {
	if f.Err() == nil {
		close(f.done)
	}
}
