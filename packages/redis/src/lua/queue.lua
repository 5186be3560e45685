-- The queue. Grants go in order of arrival, and stop at the first request that does not fit.
local granted, own = {}, {}

-- Fence 0 says that the request can never fit.
local function notify(owner, slot, counter, fence)
  if owner == sid then
    local n = #own
    own[n + 1], own[n + 2], own[n + 3] = slot, counter, fence
    return
  end
  local list = granted[owner]
  if not list then
    list = {}
    granted[owner] = list
  end
  list[#list + 1] = string.format('%.0f %.0f %.0f', slot, counter, fence)
end

local function grant(field, counter, weight)
  held = held + weight
  local fence = draw()
  written[field] = pack(ENTRY, counter, 1, weight, fence)
  return fence
end

local function serve()
  if clock < quiet then return end
  quiet = 0
  if waiting == 0 then
    head = tail
    return
  end
  learn()
  if quiet ~= 0 then return end
  local left, batch = BUDGET, 1
  while head < tail do
    local names = {}
    for ticket = head, math.min(head + batch, tail) - 1 do names[#names + 1] = 'q' .. ticket end
    local tickets = call('HMGET', hash, unpack(names))
    for i = 1, #names do
      local ticket = written[names[i]]
      if ticket == nil then ticket = tickets[i] end
      if ticket then
        if left == 0 then
          -- Over at once, and not 0: the next call goes on.
          quiet = clock
          return
        end
        local weight, slot, counter = unpack_(TICKET, ticket)
        local owner = string.sub(ticket, 25)
        local field = 'e' .. owner .. ':' .. slot
        local fence = 0
        if weight > size then
          written[field] = false
        elseif held + weight <= size then
          fence = grant(field, counter, weight)
        else
          return
        end
        written[names[i]] = false
        waiting = waiting - 1
        left = left - 1
        notify(owner, slot, counter, fence)
      end
      head = head + 1
    end
    if batch < 128 then batch = batch * 2 end
  end
end

local function enqueue(field, slot, counter, weight)
  written['q' .. tail] = pack(TICKET, weight, slot, counter) .. sid
  written[field] = pack(ENTRY, counter, 0, weight, tail)
  tail = tail + 1
  waiting = waiting + 1
end
