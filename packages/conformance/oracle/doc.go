// Package oracle asks the real thing: it drives golang.org/x/sync, Go's context
// and sync.Map through random but reproducible scripts, and records what they did.
//
// Every script runs in a [testing/synctest] bubble, where time is fake and
// synctest.Wait returns once every goroutine is blocked. One operation is one step;
// what is recorded after it is the quiescent state, which is the same in every run as
// long as no step makes two goroutines race. Keeping to such steps is the generators'
// duty: wherever one avoids an operation, the comment there names the race.
//
// Run it with the script named regenerate.
package oracle
