-- Launches of attempts that ended with outcome $2 in this transaction; $1 an array of {job_id, attempt, report}. An attempt that has
-- launches already keeps them: the second arrival of a result adds nothing.
insert into fleetmark.launch (job_id, attempt_no, launch_no, env_id, agent_started_at, state, flags, notes, error_code, precision_effective, arithmetic,
  output_sha256, load_ms, first_ms, warmup_ms, sampling_ms, warmup_calls, steady, timer_floor_ns, calls_per_sample, n, min_us, p5_us, p50_us, p90_us,
  p95_us, p99_us, p999_us, max_us, mean_us, sd_us, mad_us, iqr_us, half_width_rel, target_rel, lag1, outliers, block_p50_us, rate_per_s, gc_count, gc_pause_us,
  steal_rel, sm_clock_p10_mhz, sm_clock_p50_mhz, temp_start_c, temp_max_c, power_mean_w, violation_us, clock_event_bits, energy_mj, energy_estimated,
  energy_uj_per_item, energy_net_uj_per_item, energy_seconds, device_mem_bytes, result)
select x.job_id, x.attempt, l.launch, e.env_id, l.agent_started_at, l.state, l.flags, coalesce(l.notes, '{}'), l.error_code, l.precision_effective,
  l.arithmetic, decode(l.output_sha256, 'base64'), l.load_ms, l.first_ms, l.warmup_ms, l.sampling_ms, l.warmup_calls, l.steady, l.timer_floor_ns,
  l.calls_per_sample, l.count, l.min_us, l.p5_us, l.p50_us, l.p90_us, l.p95_us, l.p99_us, l.p999_us, l.max_us, l.mean_us, l.sd_us, l.mad_us, l.iqr_us,
  l.half_width_rel, l.target_rel, l.lag1, l.outliers, l.block_p50_us, l.rate_per_s, l.gc_count, l.gc_pause_us, l.steal_rel, l.sm_clock_p10_mhz, l.sm_clock_p50_mhz,
  l.temp_start_c, l.temp_max_c, l.power_mean_w, l.violation_us, l.clock_event_bits, l.energy_mj, l.energy_estimated, l.energy_uj_per_item,
  l.energy_net_uj_per_item, l.energy_seconds, l.device_mem_bytes, coalesce(l.result, '{}')
from jsonb_to_recordset($1::jsonb) x(job_id bigint, attempt int, report jsonb)
cross join lateral jsonb_to_record(x.report) l(launch smallint, agent_started_at timestamptz, state smallint, flags bigint, notes text[], error_code text,
  precision_effective text, arithmetic smallint, output_sha256 text, load_ms float8, first_ms float8, warmup_ms float8, sampling_ms float8,
  warmup_calls int, steady boolean, timer_floor_ns float8, calls_per_sample int, count int, min_us float8, p5_us float8, p50_us float8, p90_us float8,
  p95_us float8, p99_us float8, p999_us float8, max_us float8, mean_us float8, sd_us float8, mad_us float8, iqr_us float8, half_width_rel float8,
  target_rel float8, lag1 float8, outliers int, block_p50_us float8[], rate_per_s float8, gc_count int, gc_pause_us float8, steal_rel float8,
  sm_clock_p10_mhz float4, sm_clock_p50_mhz float4, temp_start_c float4, temp_max_c float4, power_mean_w float4, violation_us float8, clock_event_bits bigint,
  energy_mj bigint, energy_estimated boolean, energy_uj_per_item float8, energy_net_uj_per_item float8, energy_seconds float8, device_mem_bytes bigint, result jsonb)
join fleetmark.environment e on e.fingerprint = decode(x.report #>> '{environment,fingerprint}', 'base64')
join fleetmark.attempt t on t.job_id = x.job_id and t.attempt_no = x.attempt and t.outcome = $2
where not exists (select from fleetmark.launch k where k.job_id = x.job_id and k.attempt_no = x.attempt)
