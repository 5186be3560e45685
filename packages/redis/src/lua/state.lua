-- The state of one semaphore, read once and written once by each call.
--
-- KEYS 1  hash: `state`, and as below `s<sid>`, `e<sid>:<slot>`, `q<ticket>`
--      2  zset: the sessions by expiry on the lease clock
-- ARGV 1  protocol  2 operation  3 sid  4 era  5 born, 0 when unknown  6 lease in ms  7 learning
--      8  channels' prefix  9 name  10 size  11 what a different size does: reject, replace, keep  12… the operation's
--
-- `state`            version size held seq head tail waiting clock wall quiet lease due run, packed
-- `s<sid>`           era born top: the highest slot that it has used
-- `e<sid>:<slot>`    counter kind weight number: kind 1 holds and the number is its fence, kind 0 waits and it is its ticket
-- `q<ticket>`        weight slot counter sid, from `head` to before `tail`, with holes where waiters have left
--
-- Numbers are doubles: an exact integer each, cheaper to pack than to print. Times are microseconds.
-- Everything is decided first and written last, but for the sessions that have expired.

local PROTOCOL = 1
local STATE = '<ddddddddddddc40'
local SESSION = '<ddd'
local ENTRY = '<dddd'
local TICKET = '<ddd'
local NO_RUN = string.rep('-', 40)
local NEVER = 9007199254740991
-- How many entries one call drops or grants at most. What remains is for the next call, which is due at once.
local BUDGET = 1000

local call, pack, unpack_ = redis.call, struct.pack, struct.unpack
local hash, expiries = KEYS[1], KEYS[2]
local operation, sid = ARGV[2], ARGV[3]
local era, born = tonumber(ARGV[4]), tonumber(ARGV[5])

local fields = { 'state', 's' .. sid, nil }
if operation == 'acquire' then fields[3] = 'e' .. sid .. ':' .. ARGV[12] end
local stored = call('HMGET', hash, unpack(fields))

local version, size, held, seq, head, tail, waiting, clock, wall, quiet, lease, due, run
local fresh = not stored[1]
if fresh then
  version, size, held, seq, head, tail, waiting, clock = PROTOCOL, tonumber(ARGV[10]), 0, 0, 0, 0, 0, 0
  quiet, lease, due, run = 0, tonumber(ARGV[6]) * 1000, NEVER, NO_RUN
else
  version, size, held, seq, head, tail, waiting, clock, wall, quiet, lease, due, run = unpack_(STATE, stored[1])
  if version > PROTOCOL then return { 'version', version } end
end

-- What changes: a field's new value, or false when it goes. Written at the end; until then read through this.
local written = {}
-- Whether the state differs from the stored one in more than the clock.
local changed = false
