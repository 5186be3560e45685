package oracle

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing/synctest"
	"unsafe"
)

func (s *errgroups) newTask(end string) *task {
	s.nextID++
	t := &task{id: s.nextID, end: end, orders: make(chan func() bool)}
	s.tasks[t.id] = t
	return t
}

func (s *errgroups) run(t *task) error {
	s.report("started", t.id)
	if t.end != gate {
		return errorNamed(t.end)
	}
	for !(<-t.orders)() {
	}
	return t.result
}

// start gives the group a task, by itself or by order of the task by.
func (s *errgroups) start(op string, by int) {
	end := pick(s.random, []string{gate, gate, gate, gate, "", fmt.Sprintf("e%d", s.nextID+1)})
	t := s.newTask(end)
	st := step{"op": op, "id": t.id}
	if end != gate {
		st["end"] = nameOf(errorNamed(end))
	}
	ok := false
	call := func() bool {
		if op == "tryGo" {
			ok = s.group.TryGo(func() error { return s.run(t) })
			return false
		}
		s.group.Go(func() error { return s.run(t) })
		s.report("returned", t.id)
		return false
	}
	if op == "go" {
		s.queue[t.id] = t
	}
	if by != 0 {
		st["by"] = by
		s.active[by].adding = t.id
		s.active[by].orders <- call
	} else {
		go call()
	}
	synctest.Wait()
	if op == "tryGo" {
		st["ok"] = ok
	}
	s.add(st)
	if s.limit == 0 && op == "go" {
		s.hang(t)
	}
}

// hang remembers how to let a Go return that a limit of zero blocks for ever: by taking
// its token, the way a task does when it ends. There is no public way.
func (s *errgroups) hang(t *task) {
	delete(s.queue, t.id)
	field := reflect.ValueOf(s.group).Elem().FieldByName("sem")
	tokens := reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Interface()
	t.end = ""
	s.release = append(s.release, func() { reflect.ValueOf(tokens).Recv() })
}

// burst tries to start several tasks before the first of them runs.
func (s *errgroups) burst() {
	ids, oks := []int{}, []bool{}
	for range s.between(2, 4) {
		t := s.newTask(gate)
		ids = append(ids, t.id)
		oks = append(oks, s.group.TryGo(func() error { return s.run(t) }))
	}
	s.add(step{"op": "burst", "ids": ids, "oks": oks})
}

func (s *errgroups) finish(id int) {
	t := s.active[id]
	st := step{"op": "finish", "id": id}
	if s.percent(20) {
		t.result = errorNamed(fmt.Sprintf("e%d", id))
		st["err"] = nameOf(t.result)
	}
	delete(s.active, id)
	t.orders <- func() bool { return true }
	s.add(st)
}

func (s *errgroups) wait() {
	s.nextID++
	id := s.nextID
	s.waits++
	go func() {
		err := s.group.Wait()
		s.report("waited", id, nameOf(err))
	}()
	s.add(step{"op": "wait", "id": id})
}

// setLimit stays clear of misuse.
func (s *errgroups) setLimit(n int) {
	if len(s.active) > 0 {
		n = max(n, 0)
	}
	st := step{"op": "setLimit", "n": n}
	if text := recovered(func() { s.group.SetLimit(n) }); text != "" {
		st["panic"] = text
	} else {
		s.limit = n
	}
	s.add(st)
}

// misuse makes a call of SetLimit that Go lets pass although tasks are running, and that
// corrupts the group: nothing can follow. It reports whether there is one to make.
func (s *errgroups) misuse() bool {
	n := s.between(1, 4)
	switch {
	case len(s.active) == 0 || len(s.queue) > 0:
		return false
	case s.limit != noLimit:
		n = noLimit
	}
	s.group.SetLimit(n)
	s.add(step{"op": "setLimit", "n": n})
	return true
}

func (s *errgroups) cancel() {
	cause := pick(s.random, []string{"", fmt.Sprintf("c%d", len(s.steps))})
	st := step{"op": "cancel"}
	if cause != "" {
		st["cause"] = cause
	}
	s.parent.cancel(errorNamed(cause))
	s.add(st)
}

func (s *errgroups) advance() {
	ms := s.between(1, 25)
	advance(ms)
	s.add(step{"op": "advance", "ms": ms})
}

// drain ends every task and then waits.
func (s *errgroups) drain() {
	for len(s.active) > 0 {
		s.finish(pick(s.random, s.ready()))
	}
	s.wait()
}

// cleanUp lets every goroutine end, whatever state the group is in: without a limit, a
// task that ends gives back no token.
func (s *errgroups) cleanUp() {
	s.group.SetLimit(noLimit)
	for _, id := range slices.Sorted(maps.Keys(s.active)) {
		s.active[id].orders <- func() bool { return true }
	}
	synctest.Wait() // a Go that begins while Wait returns is misuse
	for _, release := range s.release {
		release()
	}
	if s.parent.cancel != nil {
		s.parent.cancel(nil)
	}
	synctest.Wait()
}
