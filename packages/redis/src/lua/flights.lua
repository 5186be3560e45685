local function text(number) return string.format('%.0f', number) end

local function publish(to, kind, fence, sharers, payload)
  redis.pcall('PUBLISH', ARGV[5] .. to, kind .. ' ' .. text(fence) .. ' ' .. text(sharers) .. '\n' .. ARGV[6] .. '\n' .. payload)
end

-- Who leads a flight; nobody once its lease is over.
local function leader(fence)
  local record = call('HGET', hash, 'l' .. text(fence))
  if record and unpack_('<d', record) > clock then return string.sub(record, 9) end
end

-- The processes that wait for a flight.
local function waiting(fence)
  local prefix = 'w' .. text(fence) .. ':'
  local all, found = call('HGETALL', hash), {}
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, #prefix) == prefix and unpack_('<d', all[i + 1]) > clock then
      found[#found + 1] = string.sub(all[i], #prefix + 1)
    end
  end
  return found
end

-- Everything of a flight goes; of another, only what is over.
local function clear(fence)
  local gone = {}
  for _, field in ipairs(call('HKEYS', hash)) do
    local its = string.match(field, '^[lw](%d+)')
    if its and (its == text(fence) or not leader(tonumber(its))) then gone[#gone + 1] = field end
  end
  if #gone > 0 then call('HDEL', hash, unpack(gone)) end
  if current == fence then current = 0 end
end

local function wait_for(fence, token)
  call('HSET', hash, 'w' .. text(fence) .. ':' .. sid, pack('<dd', clock + lease, token))
end

local function lead(fence)
  call('HSET', hash, 'l' .. text(fence), pack('<d', clock + lease) .. sid)
end

local result = call('GET', outcome)
local result_fence, lifetime, result_sharers = 0, 0, 0
if result then
  result_fence, lifetime, result_sharers = unpack_(RESULT, result)
  if seq < result_fence then seq = result_fence end
end

-- Whether it can be had, and is not only the mark of a flight that is over.
local has_result = result and #result > 24

local function answer_with_result()
  return { 'result', result_fence, result_sharers, string.sub(result, 25) }
end

-- Follows the flight that newcomers join, or leads a new one.
local function follow_or_lead(token)
  if current ~= 0 and leader(current) then
    wait_for(current, token)
    return { 'follow', current }
  end
  clear(current)
  current = draw()
  lead(current)
  wait_for(current, token)
  return { 'lead', current }
end

local operations = {
  -- token window
  join = function()
    local window = tonumber(ARGV[8])
    if has_result and window > 0 and lifetime - call('PTTL', outcome) <= window then return answer_with_result() end
    return follow_or_lead(tonumber(ARGV[7]))
  end,

  -- token fence of the flight that it follows
  follow = function()
    local token, fence = tonumber(ARGV[7]), tonumber(ARGV[8])
    if has_result and result_fence >= fence then return answer_with_result() end
    if leader(fence) then
      wait_for(fence, token)
      return { 'follow', fence }
    end
    return follow_or_lead(token)
  end,

  -- token fence, 1 while it has callers
  lead = function()
    local token, fence = tonumber(ARGV[7]), tonumber(ARGV[8])
    local record = call('HGET', hash, 'l' .. text(fence))
    if record and string.sub(record, 9) ~= sid then return { 'lost' } end
    if not record then
      -- The server has lost it. Nobody has taken over if no later number was drawn.
      if seq > fence or result_fence >= fence then return { 'lost' } end
      seq, current = fence, fence
    end
    lead(fence)
    if ARGV[9] == '1' then wait_for(fence, token) end
    local sharers = #waiting(fence)
    if sharers > 0 or not record then return { 'lead', fence, sharers } end
    clear(fence)
    if fence > result_fence then call('SET', outcome, pack(RESULT, fence, 0, 0), 'PX', text(lease / 1000)) end
    return { 'end', fence }
  end,

  -- fence payload how long to keep it in ms, 1 if others than those that wait will want it
  finish = function()
    local fence, payload, keep = tonumber(ARGV[7]), ARGV[8], tonumber(ARGV[9])
    local record = call('HGET', hash, 'l' .. text(fence))
    if not record or string.sub(record, 9) ~= sid then return { 'lost' } end
    local sharers = waiting(fence)
    -- The key is free before anybody hears the outcome.
    clear(fence)
    if fence > result_fence then
      -- Without a payload where nobody will ask for it: it only says that this flight is over, so that a late call
      -- of its leader does not bring it back.
      local wanted = #sharers > 1 or sharers[1] ~= sid or ARGV[10] == '1'
      call('SET', outcome, pack(RESULT, fence, keep, #sharers) .. (wanted and payload or ''), 'PX', ARGV[9])
    end
    for i = 1, #sharers do
      if sharers[i] ~= sid then
        if #payload <= INLINE then publish(sharers[i], 'result', fence, #sharers, payload)
        else publish(sharers[i], 'fetch', fence, #sharers, '') end
      end
    end
    return { 'ok', fence, #sharers }
  end,

  -- token fence why
  leave = function()
    local fence = tonumber(ARGV[8])
    local field = 'w' .. text(fence) .. ':' .. sid
    local record = call('HGET', hash, field)
    if record and select(2, unpack_('<dd', record)) == tonumber(ARGV[7]) then call('HDEL', hash, field) end
    if #waiting(fence) > 0 then return { 'ok', fence } end
    local its_leader = leader(fence)
    clear(fence)
    if fence > result_fence then call('SET', outcome, pack(RESULT, fence, 0, 0), 'PX', text(lease / 1000)) end
    if its_leader and its_leader ~= sid then publish(its_leader, 'end', fence, 0, ARGV[9]) end
    return { 'end', fence }
  end,

  forget = function()
    current = 0
    return { 'ok' }
  end,
}
-- A full server denies the first write if that can grow, and none after it: only joining is denied.
if operation ~= 'join' then call('PEXPIRE', hash, text(lease / 1000 * 3)) end
local reply = operations[operation]()

if fresh and operation == 'forget' then return reply end
if call('HLEN', hash) <= 1 and current == 0 then
  call('DEL', hash)
else
  call('HSET', hash, 'state', pack(STATE, PROTOCOL, seq, clock, wall, current))
  call('PEXPIRE', hash, text(lease / 1000 * 3))
end
return reply
