package oracle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing/synctest"
	"time"
)

// step is one operation and what was seen after it. A map, because encoding/json sorts
// its keys: the bytes do not depend on the order in which a step was put together.
type step map[string]any

// script is one line of a vector file.
type script map[string]any

// record is what goroutines report between two steps. Within a step their order is
// up to the scheduler, so every report is sorted when it is taken.
type record struct {
	mu      sync.Mutex
	reports map[string][]entry
}

// entry is one report: who, and what came out of it.
type entry struct {
	id      int
	outcome []any
}

func (r *record) report(kind string, id int, outcome ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reports == nil {
		r.reports = map[string][]entry{}
	}
	r.reports[kind] = append(r.reports[kind], entry{id, outcome})
}

// settle waits until nothing moves any more and adds the reports to s: a list of ids
// where the id says it all, else a list of [id, outcome...]. It returns them as well.
func (r *record) settle(s step) map[string][]entry {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	for kind, entries := range r.reports {
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
		list := []any{}
		for _, e := range entries {
			if e.outcome == nil {
				list = append(list, e.id)
			} else {
				list = append(list, append([]any{e.id}, e.outcome...))
			}
		}
		s[kind] = list
	}
	reports := r.reports
	r.reports = nil
	return reports
}

// recovered returns the text of f's panic, or "" when f returned.
func recovered(f func()) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint(p)
		}
	}()
	f()
	return ""
}

// nameOf is how a vector writes an error; nil is null.
func nameOf(err error) any {
	switch err {
	case nil:
		return nil
	case context.Canceled:
		return "canceled"
	case context.DeadlineExceeded:
		return "deadline"
	}
	return err.Error()
}

// errorNamed is the error that a vector writes as name; "" is nil.
func errorNamed(name string) error {
	if name == "" {
		return nil
	}
	return errors.New(name)
}

// advance lets ms milliseconds pass. Timers fire one by one, with everything at rest
// in between: fake time only moves while every goroutine is blocked.
func advance(ms int) { time.Sleep(time.Duration(ms) * time.Millisecond) }

// clock hands out deadlines. No two in a script are equal, for what two timers do at the
// same instant is a race.
type clock struct {
	start time.Time
	taken map[int]bool
}

func newClock() *clock { return &clock{time.Now(), map[int]bool{}} }

func (c *clock) now() int { return int(time.Since(c.start).Milliseconds()) }

// unique returns the first free instant from ms on, in milliseconds since the start.
func (c *clock) unique(ms int) int {
	for c.taken[ms] {
		ms++
	}
	c.taken[ms] = true
	return ms
}

func (c *clock) at(ms int) time.Time { return c.start.Add(time.Duration(ms) * time.Millisecond) }
