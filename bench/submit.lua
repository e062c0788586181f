-- wrk: ticks the attendance of households, each request another household of the list, as the head's phone does.
-- Arguments: the path before the household, the cookie, the origin, then the households' ids in one comma-separated text.
local households, path, at = {}, "", 0
local thread_count = 0

function setup(thread)
  thread:set("number", thread_count)
  thread_count = thread_count + 1
end

function init(arguments)
  path = arguments[1]
  wrk.method = "POST"
  wrk.headers["Cookie"] = arguments[2]
  wrk.headers["Origin"] = arguments[3]
  wrk.headers["Accept"] = "application/json"
  wrk.headers["Content-Type"] = "application/json"
  for id in string.gmatch(arguments[4], "[^,]+") do households[#households + 1] = id end
  math.randomseed(number * 7919 + os.time())
end

function request()
  at = at + 1
  local id = households[math.random(#households)]
  wrk.headers["Idempotency-Key"] = string.format("%d-%d-%d", number, at, math.random(1000000000))
  return wrk.format(nil, (path:gsub("{household}", id)), nil, at % 2 == 0 and '{"present":true}' or '{"present":false}')
end
