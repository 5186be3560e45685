package oracle

// random is SplitMix64. The generators of math/rand may change between versions of Go;
// the committed vectors must not.
type random struct{ state uint64 }

// newRandom gives every script its own sequence, so that changing one script's length
// changes no other script.
func newRandom(seed uint64, primitive string, script int) *random {
	r := &random{seed}
	for _, b := range []byte(primitive) {
		r.state = r.next() ^ uint64(b)
	}
	r.state = r.next() ^ uint64(script)
	return r
}

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number in [0, n).
func (r *random) below(n int) int { return int(r.next() % uint64(n)) }

// between returns a number in [low, high].
func (r *random) between(low, high int) int { return low + r.below(high-low+1) }

func (r *random) percent(p int) bool { return r.below(100) < p }

func pick[T any](r *random, from []T) T { return from[r.below(len(from))] }

// choice is an operation that is possible now, and how often it is wanted.
type choice struct {
	weight int
	run    func()
}

// choose runs one of the choices; a weight of zero switches a choice off.
func (r *random) choose(choices ...choice) {
	total := 0
	for _, c := range choices {
		total += c.weight
	}
	at := r.below(total)
	for _, c := range choices {
		if at < c.weight {
			c.run()
			return
		}
		at -= c.weight
	}
}

// when is weight if the operation is possible, and zero if not.
func when(possible bool, weight int) int {
	if possible {
		return weight
	}
	return 0
}
