-- The flights of one key: calls of its function that processes share. Usually one or none; one that was forgotten
-- goes on beside the next.
--
-- KEYS 1  hash: `state`, and as below `l<fence>`, `w<fence>:<sid>`
--      2  the last result: fence lifetime sharers, packed, then the payload unless nobody wants it
-- ARGV 1  protocol  2 operation  3 sid  4 lease in ms  5 channels' prefix  6 address  7… the operation's
--
-- `state`           version seq clock wall current: the flight that newcomers join, or 0; packed
-- `l<fence>`        the leader of a flight: expiry, packed, then its sid
-- `w<fence>:<sid>`  a process with callers that wait: expiry token, packed

local PROTOCOL = 1
local STATE = '<ddddd'
local RESULT = '<ddd'
-- The longest payload that travels in a message; longer ones are fetched.
local INLINE = 16384
-- How long a result has been kept that callers who come later do not get.
local NEVER = 9007199254740991
-- No session is called that.
local UNKNOWN = '?'

local call, pack, unpack_ = redis.call, struct.pack, struct.unpack
local hash, outcome = KEYS[1], KEYS[2]
local operation, sid, lease = ARGV[2], ARGV[3], tonumber(ARGV[4]) * 1000

local stored = call('HGET', hash, 'state')
local fresh = not stored
local version, seq, clock, wall, current = PROTOCOL, 0, 0, 0, 0
if stored then version, seq, clock, wall, current = unpack_(STATE, stored) end
if version > PROTOCOL then return { 'version', version } end
