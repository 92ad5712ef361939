-- Ask for every line of a file in turn: method, path, body, headers, separated by tabs. "@@" in a body becomes a number
-- that rises, so that every save has something to save. At the end tell the figures as one line of JSON.
local asks, count = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local fields = {}
    for field in (line .. "\t"):gmatch("([^\t]*)\t") do fields[#fields + 1] = field end
    local headers = {}
    for i = 4, #fields do
      local name, value = fields[i]:match("^([^:]+): (.*)$")
      headers[name] = value
    end
    asks[#asks + 1] = { method = fields[1], path = fields[2], body = fields[3], headers = headers }
  end
end

function request()
  count = count + 1
  local ask = asks[(count - 1) % #asks + 1]
  local body = nil
  if ask.body ~= "" then body = (ask.body:gsub("@@", tostring(count))) end
  return wrk.format(ask.method, ask.path, ask.headers, body)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "p95_ms": %f, "status": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(95.0) / 1e3,
    errors.status, errors.connect + errors.read + errors.write))
end
