-- Learning. On another life of the server than the one that wrote the state, or without a state on a server that has
-- just started, grants may be missing from the state: for one lease nothing is granted, and holders claim theirs.
-- `protection` is 0 when the server does not tell about its life.
local protection = 1
local learned = false
local function learn()
  if learned then return end
  learned = true
  local info = redis.pcall('INFO', 'server')
  if type(info) ~= 'string' then
    protection = 0
    return
  end
  local _, at = string.find(info, 'run_id:', 1, true)
  local life = string.sub(info, at + 1, at + 40)
  if life == run then return end
  -- In seconds begun, by which it is up to one more than the server's age.
  local uptime = tonumber(string.match(info, 'uptime_in_seconds:(%d+)'))
  local young = (uptime - 1) * 1000000 < lease
  if ARGV[7] == '1' and (run ~= NO_RUN or young) then quiet = clock + lease end
  run = life
  changed = true
end
