-- One budget of requests, as rest.LocalBudget keeps it in memory, where its rules are explained. A call is one run of this
-- script, so that nothing comes between looking and taking. Times are in microseconds, by this server's clock.
--
-- A waiting request is a ticket in the queue. It asks again when it was told to; one that does not has died, and is removed.

local state, queue, alive, flight, held, sent = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local verb, ticket = ARGV[1], ARGV[2]
local limit, interval, lease, share = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local millisecond, second = 1000, 1000000
local margin, grace = 10 * millisecond, second
local scouts = 8
local longest = 60 * second -- rest.MaxWait

-- A number as it is written in full; Lua alone would round it.
local function text(n) return string.format('%.0f', n) end

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * second + tonumber(clock[2])

local names = {'limit', 'interval', 'last', 'heard', 'heeded', 'foreign', 'suspect', 'left', 'leftFor', 'wary', 'trip', 'room',
  'roomAt', 'roomFor', 'blocked', 'restFor', 'resumes', 'spent', 'newDay'}
local s = {}

local function load()
  local values = redis.call('HMGET', state, unpack(names))
  for i, name in ipairs(names) do s[name] = tonumber(values[i]) or 0 end
  if s.limit == 0 then s.limit = limit end
  if s.interval == 0 then s.interval = interval end
end

local function save()
  local flat = {}
  for _, name in ipairs(names) do
    flat[#flat + 1] = name
    flat[#flat + 1] = text(s[name])
  end
  redis.call('HSET', state, unpack(flat))
  local keep = math.max(2 * s.interval + lease, s.spent - now, s.blocked - now, s.restFor - now) + 60 * second
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, text(math.ceil(keep / 1000))) end
end

-- A moment that no other ticket has, so that it also says who came first.
local function stamp()
  s.last = math.max(now, s.last + 1)
  return s.last
end

local function forget()
  -- What has come free is kept as well, as far back as an answer can refer to.
  redis.call('ZREMRANGEBYSCORE', held, '-inf', text(now - 2 * s.interval))
  redis.call('ZREMRANGEBYSCORE', sent, '-inf', text(now - 2 * s.interval))
  redis.call('ZREMRANGEBYSCORE', flight, '-inf', text(now - lease))
  for _, dead in ipairs(redis.call('ZRANGEBYSCORE', alive, '-inf', text(now))) do
    redis.call('ZREM', alive, dead)
    redis.call('ZREM', queue, dead)
  end
  while s.room > 0 and now - s.roomAt >= s.interval do
    s.room = math.max(0, s.room - 1 - math.floor(s.limit / 100))
    s.roomAt = s.roomAt + s.interval
  end
end

local function leave()
  for _, key in ipairs({queue, alive, flight, sent}) do redis.call('ZREM', key, ticket) end
end

local function with_slack(others)
  if others == 0 then return 0 end
  return others + 1 + math.floor(others / 10)
end

-- How many of the limit's places may be taken: not those of the share that is left to others, nor what others hold.
local function places()
  local own = math.max(1, s.limit - with_slack(s.limit - math.floor(s.limit * share)))
  local reserved = math.min(math.max(with_slack(s.foreign), s.room), s.limit)
  return math.min(own, s.limit - reserved)
end

-- How many requests are enough to be out at once where others are taken to spend: twice what is out in the mean when the
-- whole limit is spent, and no more than is left. Where they are not, and the service is near, it is a number of its own: what
-- the first burst of others can meet is bounded, and yet a place that waits for somebody to ask costs no time.
local function few()
  if s.leftFor == 0 then return s.limit end
  if now < s.wary then
    return math.max(1, math.min(s.left, math.max(4, 2 * math.floor(s.limit * s.trip / s.interval))))
  end
  return s.trip < s.interval / 1000 and scouts or s.limit
end

-- How long the ticket has to wait; 0 when it may go now, nil when that depends on answers which have not come.
local function patience(ahead)
  if now < s.blocked then return s.blocked - now end
  -- Requests that have been out for longer than an interval say nothing any more; their process may be gone.
  local young = redis.call('ZCOUNT', flight, '(' .. text(now - s.interval), '+inf')
  local out = young + ahead
  if now - s.heard >= s.interval then
    s.foreign, s.suspect, s.leftFor = 0, 0, 0
    if out >= math.min(scouts, s.limit) then return nil end
  end
  if ahead >= s.limit then return s.interval end
  local mine = redis.call('ZCARD', flight) + redis.call('ZCOUNT', held, '(' .. text(now), '+inf')
  local left = places() - mine
  if left <= ahead then
    local free = redis.call('ZRANGEBYSCORE', held, '(' .. text(now), '+inf', 'WITHSCORES', 'LIMIT', text(ahead - left), 1)
    local wait = free[2] and tonumber(free[2]) - now
    if s.foreign > 0 or s.room > 0 then
      if young > 0 then return nil end -- the next answer may know that others hold less
      local gone = s.heard + s.interval - now
      if gone > 0 and (not wait or gone < wait) then wait = gone end
    end
    return wait
  end
  if (s.foreign > 0 or s.room > 0) and out > math.floor(left / 4) then return nil end
  if s.suspect > 0 and out > math.max(3, math.floor(left / 2)) then return nil end
  if out >= few() then return nil end
  return 0
end

-- Where it depends on answers, the first in the queue asks often, those after it less often the further back they are, and all
-- of them less often the longer no answer comes.
local function poll(ahead)
  local often = math.min(math.max(s.interval / 2000, 2 * millisecond), 5 * millisecond)
  local newest = redis.call('ZRANGE', sent, -1, -1, 'WITHSCORES')
  local quiet = now - math.max(s.heard, tonumber(newest[2] or 0))
  return math.max(math.min((ahead + 2) * often / 2, second / 10), math.min(quiet / 16, second))
end

local function take()
  local at = redis.call('ZSCORE', flight, ticket)
  if at then return {'go', tonumber(at)} end -- the command was repeated
  if now < s.spent then
    leave()
    return {'day', s.newDay - now}
  end
  if now < s.restFor then
    leave()
    return {'pause', s.resumes - now}
  end
  if not redis.call('ZSCORE', queue, ticket) then redis.call('ZADD', queue, text(stamp()), ticket) end
  local ahead = redis.call('ZRANK', queue, ticket)
  local wait = patience(ahead)
  if wait == 0 then
    leave()
    local at = text(stamp())
    redis.call('ZADD', flight, at, ticket)
    redis.call('ZADD', sent, at, ticket)
    return {'go', tonumber(at)}
  end
  if wait then -- but others may give up, or give places back
    wait = math.min(wait, math.min(s.interval / 10, second) * (1 + math.floor(ahead / s.limit)))
  else
    wait = poll(ahead)
  end
  wait = math.ceil(math.max(wait, millisecond))
  redis.call('ZADD', alive, text(now + wait + grace), ticket)
  return {'wait', wait}
end

-- What others hold: the service's count, less what our own requests can explain.
local function compare(at, remaining, refused)
  -- More than that the service cannot have counted when it answered.
  local mine = redis.call('ZCARD', flight) + redis.call('ZCOUNT', held, '(' .. text(at), '+inf')
  if remaining >= 0 then
    local used = s.limit - remaining
    local ours = redis.call('ZCOUNT', sent, '(' .. text(at - s.interval), text(at))
    local beyond = math.max(0, used - ours)
    s.suspect = beyond > 0 and 1 or 0
    s.foreign = used > mine and beyond or 0
  elseif refused then
    s.foreign = math.max(0, s.limit - mine)
  end
end

-- ARGV[7] and on: when it was sent, answered, unsent, refused, limit, interval, remaining (-1: not said), pause, daily pause.
local function settle()
  local o = {}
  for i = 7, 15 do o[i - 6] = tonumber(ARGV[i]) end
  local at, answered, unsent, refused, newLimit, newInterval, remaining, pause, daily = unpack(o)
  at = math.min(at, math.max(now, s.last)) -- the clock may be another server's by now
  if redis.call('ZSCORE', held, ticket) then return end -- the command was repeated
  if unsent == 1 then return leave() end
  redis.call('ZREM', flight, ticket)
  redis.call('ZADD', held, text(now + s.interval + margin), ticket)
  s.trip = math.max(now - at, s.trip - math.floor(s.trip / 8))
  if answered == 0 then return end
  s.heard = now
  if newLimit > 0 then s.limit = newLimit end
  if newInterval > 0 then -- one wrong answer must not stop all calls for long
    s.interval = math.min(newInterval, math.max(longest, interval))
  end
  -- What was put there when the interval seemed longer.
  local latest = text(now + s.interval + margin)
  for _, other in ipairs(redis.call('ZRANGEBYSCORE', held, '(' .. latest, '+inf')) do redis.call('ZADD', held, latest, other) end
  if at > s.heeded then -- answers overtake each other; an older one knows less
    s.heeded = at
    compare(at, remaining, refused == 1)
  end
  if remaining >= 0 and (s.leftFor == 0 or at > s.leftFor or remaining < s.left) then
    s.left, s.leftFor = remaining, math.max(s.last, 1)
  end
  if refused == 1 or s.foreign > 0 then s.wary = now + 6 * s.interval end
  if refused == 1 then
    if at > s.roomFor then
      s.room = math.min(math.max(2 * s.room, math.floor(s.limit / 10)), math.floor(s.limit / 2))
      s.roomAt, s.roomFor = now, s.last
    end
    if pause == 0 then pause = math.floor(s.interval / 10) end
    if pause > longest then -- one wrong answer must not stop all calls for long
      s.restFor, s.resumes = now + longest, now + pause
    else
      s.blocked = math.max(s.blocked, now + pause)
    end
  end
  if daily > 0 then -- one wrong answer must not stop all calls for long
    s.newDay, s.spent = now + daily, now + math.min(daily, longest)
  end
end

load()
if now < s.last - second then -- the clock was set back: what is written cannot be compared with it
  redis.call('DEL', unpack(KEYS))
  load()
end
forget()
local answer = {'ok', 0}
if verb == 'take' then
  answer = take()
elseif verb == 'settle' then
  settle()
elseif verb == 'leave' then
  leave()
end
save()
return answer
