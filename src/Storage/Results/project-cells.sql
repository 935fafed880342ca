-- Writes projections: $1 run, $2 an array of rows. Older snapshots lose, equal ones write the same content, so two writers are harmless.
insert into fleetmark.run_cell (run_id, cell_id, basis, complete, finished_at, state, code, flags, notes, device_id, env_id, precision_effective, arithmetic,
  launches, launches_started, attempts, n, p50_us, ci_low_us, ci_high_us, log_sd, within_log_sd, launch_p50_us, min_us, p5_us, p90_us, p95_us, p99_us,
  p999_us, max_us, mean_us, sd_us, sm_clock_p50_mhz, rate_per_s, rate_low_per_s, rate_high_per_s, launch_rate_per_s,
  energy_uj_per_item, energy_net_uj_per_item)
select $1, c.cell_id, c.basis, c.complete, coalesce(c.finished_at, now()), c.state, c.code, c.flags, coalesce(c.notes, '{}'), c.device_id, c.env_id,
  c.precision_effective, c.arithmetic, c.launches, c.launches_started, c.attempts, c.n, c.p50_us, c.ci_low_us, c.ci_high_us, c.log_sd, c.within_log_sd,
  coalesce(c.launch_p50_us, '{}'), c.min_us, c.p5_us, c.p90_us, c.p95_us, c.p99_us, c.p999_us, c.max_us, c.mean_us, c.sd_us, c.sm_clock_p50_mhz,
  c.rate_per_s, c.rate_low_per_s, c.rate_high_per_s, coalesce(c.launch_rate_per_s, '{}'), c.energy_uj_per_item, c.energy_net_uj_per_item
from jsonb_to_recordset($2::jsonb) c(cell_id int, basis int, complete boolean, finished_at timestamptz, state smallint, code text, flags bigint, notes text[],
  device_id int, env_id int, precision_effective text, arithmetic smallint, launches smallint, launches_started smallint, attempts smallint, n int,
  p50_us float8, ci_low_us float8, ci_high_us float8, log_sd float8, within_log_sd float8, launch_p50_us float8[], min_us float8, p5_us float8, p90_us float8,
  p95_us float8, p99_us float8, p999_us float8, max_us float8, mean_us float8, sd_us float8, sm_clock_p50_mhz float4,
  rate_per_s float8, rate_low_per_s float8, rate_high_per_s float8, launch_rate_per_s float8[],
  energy_uj_per_item float8, energy_net_uj_per_item float8)
on conflict (run_id, cell_id) do update set basis = excluded.basis, complete = excluded.complete, finished_at = excluded.finished_at, state = excluded.state,
  code = excluded.code, flags = excluded.flags, notes = excluded.notes, device_id = excluded.device_id, env_id = excluded.env_id,
  precision_effective = excluded.precision_effective, arithmetic = excluded.arithmetic, launches = excluded.launches,
  launches_started = excluded.launches_started, attempts = excluded.attempts, n = excluded.n, p50_us = excluded.p50_us, ci_low_us = excluded.ci_low_us,
  ci_high_us = excluded.ci_high_us, log_sd = excluded.log_sd, within_log_sd = excluded.within_log_sd, launch_p50_us = excluded.launch_p50_us,
  min_us = excluded.min_us, p5_us = excluded.p5_us, p90_us = excluded.p90_us, p95_us = excluded.p95_us, p99_us = excluded.p99_us,
  p999_us = excluded.p999_us, max_us = excluded.max_us, mean_us = excluded.mean_us, sd_us = excluded.sd_us, sm_clock_p50_mhz = excluded.sm_clock_p50_mhz,
  rate_per_s = excluded.rate_per_s, rate_low_per_s = excluded.rate_low_per_s, rate_high_per_s = excluded.rate_high_per_s, launch_rate_per_s = excluded.launch_rate_per_s,
  energy_uj_per_item = excluded.energy_uj_per_item, energy_net_uj_per_item = excluded.energy_net_uj_per_item
where run_cell.basis <= excluded.basis
