package oracle

import (
	"context"
	"time"
)

// source is a context that ends only when the script says so, for the primitives that
// take one.
type source struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	// mayCancel is false where cancel only cleans up.
	mayCancel bool
}

// The kinds of sources. A source that is done was cancelled before anybody saw it.
const (
	never    = "never"
	canceled = "cancel"
	deadline = "deadline"
	done     = "done"
)

// newSource opens a source and describes it in s.
func newSource(r *random, c *clock, kind, cause string, s step) source {
	s["kind"] = kind
	if kind == never {
		ctx := endless{context.Background(), make(chan struct{})}
		return source{ctx: ctx, cancel: func(error) { close(ctx.done) }}
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	if cause != "" && kind != canceled {
		s["cause"] = cause
	}
	switch kind {
	case done:
		cancel(errorNamed(cause))
	case deadline:
		now := c.now()
		ms := c.unique(now+r.between(1, 60)) - now
		s["ms"] = ms
		timed, stop := context.WithTimeoutCause(ctx, time.Duration(ms)*time.Millisecond, errorNamed(cause))
		return source{timed, func(cause error) { cancel(cause); stop() }, true}
	}
	return source{ctx, cancel, true}
}

// endless stands for context.Background: nothing in a script ends it. But whoever waits
// for it can be let go after the script, which a bubble insists on.
type endless struct {
	context.Context
	done chan struct{}
}

func (e endless) Done() <-chan struct{} { return e.done }

func (e endless) Err() error {
	select {
	case <-e.done:
		return context.Canceled
	default:
		return nil
	}
}
