-- Sessions. Everything that a process holds or waits for ends with its session.
local slots_left = BUDGET

-- Takes one entry out: its units are free, or its place in the queue is a hole.
local function remove(field, entry)
  local _, kind, weight, number = unpack_(ENTRY, entry)
  if kind == 1 then
    held = held - weight
  else
    waiting = waiting - 1
    written['q' .. number] = false
  end
  written[field] = false
end

-- Drops what is in the slots of a session, from the highest down, and returns the highest that is left, or -1.
local function drop(owner, top)
  while top >= 0 and slots_left > 0 do
    local last = math.max(0, top - 199)
    local names = {}
    for slot = top, last, -1 do names[#names + 1] = 'e' .. owner .. ':' .. slot end
    local entries = call('HMGET', hash, unpack(names))
    for i = 1, #names do
      -- The call may have granted it, or taken it out, before.
      local entry = written[names[i]]
      if entry == nil then entry = entries[i] end
      if entry then remove(names[i], entry) end
    end
    slots_left = slots_left - #names
    top = last - 1
  end
  return top
end

local function expire()
  changed = true
  local dead = call('ZRANGEBYSCORE', expiries, '-inf', string.format('%.0f', clock), 'LIMIT', 0, 200)
  for i = 1, #dead do
    local owner = dead[i]
    local record = written['s' .. owner]
    if record == nil then record = call('HGET', hash, 's' .. owner) end
    local top = -1
    if record then
      local _
      _, _, top = unpack_(SESSION, record)
    end
    top = drop(owner, top)
    if top >= 0 then
      -- Nobody is born at -1: its owner hears that it is lost. The next call goes on.
      written['s' .. owner] = pack(SESSION, 0, -1, top)
      break
    end
    written['s' .. owner] = false
    call('ZREM', expiries, owner)
  end
  local first = call('ZRANGE', expiries, 0, 0, 'WITHSCORES')
  due = first[2] and tonumber(first[2]) or NEVER
end
