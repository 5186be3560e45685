-- The lease clock. It takes at most half a lease from the server's clock at each call, and never goes back: a jump of
-- the server's clock cannot expire a session that is renewed each third of a lease.
local time = call('TIME')
local now = time[1] * 1000000 + time[2]
if not fresh then
  local step = now - wall
  if step > lease / 2 then step = lease / 2 end
  if step > 0 then clock = clock + step end
end
wall = now

-- The next number that rises with every call of this, across a loss of the state too if the server's clock has not
-- gone back: fences, and births of sessions.
local function draw()
  seq = seq + 1
  if seq < now then seq = now end
  return seq
end
