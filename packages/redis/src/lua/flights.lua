local function text(number) return string.format('%.0f', number) end

local function publish(to, kind, fence, sharers, payload)
  redis.pcall('PUBLISH', ARGV[5] .. to, kind .. ' ' .. text(fence) .. ' ' .. text(sharers) .. '\n' .. ARGV[6] .. '\n' .. payload)
end

-- Who leads a flight; nobody once its lease is over.
local function leader(fence)
  local record = call('HGET', hash, 'l' .. text(fence))
  if record and unpack_('<d', record) > clock then return string.sub(record, 9) end
end

-- The processes that wait for a flight, and whether there may be some that are not known.
local function waiting(fence)
  local prefix = 'w' .. text(fence) .. ':'
  local all, found, unknown = call('HGETALL', hash), {}, false
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, #prefix) == prefix and unpack_('<d', all[i + 1]) > clock then
      local process = string.sub(all[i], #prefix + 1)
      if process == UNKNOWN then unknown = true else found[#found + 1] = process end
    end
  end
  return found, unknown
end

-- With what this process waits for a flight, if it does.
local function token_at(fence)
  local record = call('HGET', hash, 'w' .. text(fence) .. ':' .. sid)
  return record and select(2, unpack_('<dd', record))
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

-- The server has lost who waits for a flight: they are counted for as long as they may not be heard of.
local function expect_others(fence)
  call('HSET', hash, 'w' .. text(fence) .. ':' .. UNKNOWN, pack('<dd', clock + lease, 0))
end

-- The server has lost a flight, and nobody has taken over: no later number was drawn.
local function revive(fence, result_fence)
  if seq > fence or result_fence >= fence then return false end
  seq, current = fence, fence
  expect_others(fence)
  return true
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

-- The others that wait for a flight wait for another one instead, and hear how that ends.
local function hand_over(from, to)
  for _, process in ipairs(waiting(from)) do
    if process ~= sid then
      local record = call('HGET', hash, 'w' .. text(from) .. ':' .. process)
      call('HSET', hash, 'w' .. text(to) .. ':' .. process, record)
    end
  end
end

-- Follows the flight that newcomers join, or leads a new one.
local function follow_or_lead(token)
  local its_leader = current ~= 0 and leader(current)
  if its_leader then
    -- It leads already where this call was sent again, because its answer was lost.
    local leads = its_leader == sid and token_at(current) == token
    if leads then lead(current) end
    wait_for(current, token)
    return { leads and 'lead' or 'follow', current }
  end
  local over = current
  current = draw()
  lead(current)
  wait_for(current, token)
  if over ~= 0 then hand_over(over, current) end
  clear(over)
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
    local its_leader = leader(fence)
    if its_leader == sid and token_at(fence) == token then
      -- It has given up leading, a little before its lease is over here.
      call('HDEL', hash, 'l' .. text(fence))
    elseif its_leader then
      wait_for(fence, token)
      return { 'follow', fence }
    end
    local is_lost = seq < fence
    local reply = follow_or_lead(token)
    if is_lost then expect_others(current) end
    return reply
  end,

  -- token fence, 1 while it has callers
  lead = function()
    local token, fence = tonumber(ARGV[7]), tonumber(ARGV[8])
    local record = call('HGET', hash, 'l' .. text(fence))
    if record and string.sub(record, 9) ~= sid then return { 'lost' } end
    if not record and not revive(fence, result_fence) then return { 'lost' } end
    lead(fence)
    if ARGV[9] == '1' then wait_for(fence, token) end
    local sharers, unknown = waiting(fence)
    if #sharers > 0 or unknown then return { 'lead', fence, #sharers } end
    clear(fence)
    if fence > result_fence then call('SET', outcome, pack(RESULT, fence, 0, 0), 'PX', text(lease / 1000)) end
    return { 'end', fence }
  end,

  -- fence payload how long to keep it in ms, 1 if others than those that wait will want it
  finish = function()
    local fence, payload, keep = tonumber(ARGV[7]), ARGV[8], tonumber(ARGV[9])
    local record = call('HGET', hash, 'l' .. text(fence))
    if record and string.sub(record, 9) ~= sid then return { 'lost' } end
    -- A flight that was forgotten, or lost, ends for those that wait alone.
    local lasts = record and current == fence
    if not record and not revive(fence, result_fence) then return { 'lost' } end
    local sharers, unknown = waiting(fence)
    -- The key is free before anybody hears the outcome.
    clear(fence)
    if fence > result_fence then
      -- Without a payload where nobody will ask for it: it only says that this flight is over, so that a late call
      -- of its leader does not bring it back.
      local wanted = unknown or #sharers > 1 or sharers[1] ~= sid or ARGV[10] == '1'
      call('SET', outcome, pack(RESULT, fence, lasts and keep or NEVER, #sharers) .. (wanted and payload or ''), 'PX', ARGV[9])
    end
    for i = 1, #sharers do
      if sharers[i] ~= sid then
        if #payload <= INLINE then publish(sharers[i], 'result', fence, #sharers, payload)
        else publish(sharers[i], 'fetch', fence, #sharers, '') end
      end
    end
    return { 'ok', fence, #sharers }
  end,

  -- token fence why; the fence is 0 when it is not known whether it has joined
  leave = function()
    local token, fence = tonumber(ARGV[7]), tonumber(ARGV[8])
    -- Its flight may have been taken over since it heard of it.
    if token_at(fence) ~= token and token_at(current) == token then fence = current end
    if fence == 0 then return { 'ok', 0 } end
    if token_at(fence) == token then call('HDEL', hash, 'w' .. text(fence) .. ':' .. sid) end
    local sharers, unknown = waiting(fence)
    if #sharers > 0 or unknown then return { 'ok', fence } end
    local its_leader = leader(fence)
    clear(fence)
    if fence > result_fence then call('SET', outcome, pack(RESULT, fence, 0, 0), 'PX', text(lease / 1000)) end
    if its_leader and its_leader ~= sid then publish(its_leader, 'end', fence, 0, ARGV[9]) end
    return { 'end', fence }
  end,

  forget = function()
    current = 0
    -- What is kept is for those alone that wait for it.
    if result then call('SETRANGE', outcome, 8, pack('<d', NEVER)) end
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
