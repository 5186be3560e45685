-- One call: who calls, what it asks for, what is written, what is answered.
local status, renew = 'ok', false
local result = {}
local own_field = 's' .. sid

if clock >= due then
  expire()
  serve()
elseif quiet ~= 0 and clock >= quiet then
  changed = true
  serve()
end

local record = written[own_field]
if record == nil then record = stored[2] end
local own_era, own_born, top
if record then own_era, own_born, top = unpack_(SESSION, record) end

if operation ~= 'state' then
  local size_asked = tonumber(ARGV[10])
  local joins = operation == 'acquire' or operation == 'claim' or operation == 'resize'
  -- What leaves before it has come leaves its era here, so that it is refused when it comes.
  local begins = joins or operation == 'leave' and born == 0
  -- What a session had that is gone with the state can be claimed only while the server learns: that is answered.
  if fresh and (begins or born ~= 0) then learn() end
  if born ~= 0 and born ~= own_born or own_born == -1 then
    status = 'lost'
    -- The next call finds it all the same.
    if fresh then changed = false end
  elseif record and era < own_era then
    status = 'stale'
  elseif joins and ARGV[11] == 'reject' and size_asked ~= size then
    status = 'size'
  else
    if ARGV[11] == 'replace' and size_asked ~= size then
      size, changed = size_asked, true
      serve()
    end
    if record then
      if era > own_era then
        own_era = era
        written[own_field] = pack(SESSION, own_era, own_born, top)
      end
    elseif begins then
      own_era, own_born, top, renew = era, draw(), -1, true
      written[own_field] = pack(SESSION, own_era, own_born, top)
    else
      status = 'lost'
    end
  end
end

local function occupy(slot)
  if slot > top then
    top = slot
    written[own_field] = pack(SESSION, own_era, own_born, top)
  end
end

local run_operation = {
  -- slot counter weight wait|try renew
  acquire = function()
    local slot, counter, weight = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
    if ARGV[16] == '1' then renew = true end
    local field = 'e' .. sid .. ':' .. slot
    local entry = written[field]
    if entry == nil then entry = stored[3] end
    if entry then
      local its_counter, kind, _, number = unpack_(ENTRY, entry)
      if its_counter == counter then
        result = { kind == 1 and 'held' or 'waiting', number }
        return
      end
      -- A slot has one request, the newest.
      if its_counter > counter then
        result = { 'busy' }
        return
      end
      remove(field, entry)
      serve()
    end
    if weight > size then
      result = { 'large' }
      return
    end
    local free = waiting == 0 and held + weight <= size and clock >= quiet
    if free then
      learn()
      free = clock >= quiet
    end
    if free then
      occupy(slot)
      result = { 'held', grant(field, counter, weight) }
    elseif ARGV[15] == 'try' then
      result = { 'busy' }
    else
      occupy(slot)
      enqueue(field, slot, counter, weight)
      result = { 'waiting', tail - 1 }
    end
  end,

  -- (slot counter)…: what has the slot goes, unless it is newer than that
  leave = function()
    local names = {}
    for i = 12, #ARGV, 2 do names[#names + 1] = 'e' .. sid .. ':' .. ARGV[i] end
    local entries = call('HMGET', hash, unpack(names))
    for i = 1, #names do
      local entry = written[names[i]]
      if entry == nil then entry = entries[i] end
      if entry and unpack_('<d', entry) <= tonumber(ARGV[11 + 2 * i]) then remove(names[i], entry) end
    end
    serve()
  end,

  -- slot counter of the oldest that waits, if one does
  beat = function()
    renew = true
    learn()
    if ARGV[12] then
      local field = 'e' .. sid .. ':' .. ARGV[12]
      local entry = written[field]
      if entry == nil then entry = call('HGET', hash, field) end
      local its_counter, kind, _, number
      if entry then its_counter, kind, _, number = unpack_(ENTRY, entry) end
      if its_counter ~= tonumber(ARGV[13]) then
        result = { 'none' }
      else
        result = { kind == 1 and 'held' or 'waiting', number }
      end
    end
  end,

  -- (slot counter weight fence)…, fence 0 for what waits. Answers the fence of what is held, -3 - ticket of what
  -- waits, -1 for what came too late, -2 for what can never fit.
  claim = function()
    renew = true
    learn()
    -- What is granted after this has a higher fence than what was granted before.
    result[1] = draw()
    for i = 12, #ARGV, 4 do
      local slot, counter = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
      local weight, fence = tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
      local field = 'e' .. sid .. ':' .. slot
      local entry = written[field]
      if entry == nil then entry = call('HGET', hash, field) end
      local its_counter, kind, _, number
      if entry then its_counter, kind, _, number = unpack_(ENTRY, entry) end
      local known = its_counter == counter
      local answer
      if known and (kind == 1 or fence == 0) then
        answer = kind == 1 and number or -3 - number
      else
        local late, large = fence > 0 and clock >= quiet, fence == 0 and weight > size
        -- A slot has one request; and of one that waits here, the grant is missing from what was saved.
        if entry and (known or not (late or large)) then remove(field, entry) end
        if late then
          answer = -1
        elseif large then
          answer = -2
        elseif fence > 0 then
          occupy(slot)
          held = held + weight
          written[field] = pack(ENTRY, counter, 1, weight, fence)
          if fence > seq then seq = fence end
          answer = fence
        else
          occupy(slot)
          enqueue(field, slot, counter, weight)
          answer = -3 - (tail - 1)
        end
      end
      result[#result + 1] = answer
    end
    serve()
  end,

  resize = function()
    local new = tonumber(ARGV[12])
    changed = changed or new ~= size
    size = new
    serve()
  end,

  state = function()
    if fresh then size = 0 end
    result = { held, waiting, call('ZCARD', expiries) }
  end,

  bye = function()
    -- Expired at once. A full server denies ZADD, but not after this.
    call('PEXPIRE', hash, string.format('%.0f', lease / 100))
    call('ZADD', expiries, '-inf', sid)
    expire()
    serve()
    own_born = 0
  end,
}
if status == 'ok' then run_operation[operation]() end

if renew then
  local expiry = clock + lease
  if expiry < due then due = expiry end
end
local to_set, to_delete = {}, {}
for field, value in pairs(written) do
  if value then
    local n = #to_set
    to_set[n + 1], to_set[n + 2] = field, value
  else
    to_delete[#to_delete + 1] = field
  end
end
if changed or renew or #to_set > 0 or #to_delete > 0 then
  -- A full server denies the first write if that can grow, and none after it. So leaving and renewing begin with
  -- one that cannot; joining does not.
  if #to_delete > 0 then call('HDEL', hash, unpack(to_delete)) end
  local lifetime = string.format('%.0f', lease / 100)
  if renew and operation ~= 'acquire' then call('PEXPIRE', hash, lifetime) end
  to_set[#to_set + 1] = 'state'
  to_set[#to_set + 1] =
    pack(STATE, PROTOCOL, size, held, seq, head, tail, waiting, clock, wall, quiet, lease, due, run)
  call('HSET', hash, unpack(to_set))
  if renew then
    -- Of a state that was evicted alone.
    if fresh then call('DEL', expiries) end
    call('ZADD', expiries, string.format('%.0f', clock + lease), sid)
    call('PEXPIRE', hash, lifetime)
    call('PEXPIRE', expiries, lifetime)
  end
  for owner, list in pairs(granted) do
    redis.pcall('PUBLISH', ARGV[8] .. owner, table.concat(list, ' ') .. '\n' .. ARGV[9])
  end
end

local next_event = due
if quiet ~= 0 and quiet < due then next_event = quiet end
local wait = waiting > 0 and math.max(0, math.ceil((next_event - clock) / 1000)) or -1
local reply = {
  status, own_born or 0, lease / 1000, math.max(0, math.ceil((quiet - clock) / 1000)), wait, protection, size,
  #result,
}
for i = 1, #result do reply[#reply + 1] = result[i] end
for i = 1, #own do reply[#reply + 1] = own[i] end
return reply
