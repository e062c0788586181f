-- wrk: ticks the attendance of households, each request another household of some hall, as the heads' phones do.
-- Arguments: the cookie, the origin, then the addresses of the ticks in one comma-separated text.
local paths, at = {}, 0
local thread_count = 0

function setup(thread)
  thread:set("number", thread_count)
  thread_count = thread_count + 1
end

function init(arguments)
  wrk.method = "POST"
  wrk.headers["Cookie"] = arguments[1]
  wrk.headers["Origin"] = arguments[2]
  wrk.headers["Accept"] = "application/json"
  wrk.headers["Content-Type"] = "application/json"
  for path in string.gmatch(arguments[3], "[^,]+") do paths[#paths + 1] = path end
  math.randomseed(number * 7919 + os.time())
end

function request()
  at = at + 1
  wrk.headers["Idempotency-Key"] = string.format("%d-%d-%d", number, at, math.random(1000000000))
  return wrk.format(nil, paths[math.random(#paths)], nil, at % 2 == 0 and '{"present":true}' or '{"present":false}')
end
