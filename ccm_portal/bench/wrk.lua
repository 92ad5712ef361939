-- What wrk reports at the end of a run, as one line of JSON.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "p95_ms": %f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(95.0) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
