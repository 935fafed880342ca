-- The one accepted outcome of each job that was completed in this transaction; $1 jobs, $2 attempts. Its numbers are those of its
-- launches: the median of their medians, the rest of the last one. The primary key makes counting twice impossible.
insert into fleetmark.measurement (job_id, attempt_no, run_id, cell_id, rep, device_id, env_id, state, flags, precision_effective, arithmetic,
  launches, n, launch_p50_us, p50_us, half_width_rel, min_us, p90_us, p95_us, p99_us, p999_us, max_us, mean_us, sd_us, rate_per_s,
  energy_uj_per_item, energy_net_uj_per_item, energy_estimated)
select j.job_id, j.attempt_no, j.run_id, j.cell_id, j.rep, t.device_id, l.env_id, l.state, l.flags, l.precision_effective, l.arithmetic,
  m.launches, l.n, m.medians, m.median, l.half_width_rel, l.min_us, l.p90_us, l.p95_us, l.p99_us, l.p999_us,
  l.max_us, l.mean_us, l.sd_us, l.rate_per_s, l.energy_uj_per_item, l.energy_net_uj_per_item,
  case when l.energy_uj_per_item is not null then l.energy_estimated end
from unnest($1::bigint[], $2::int[]) x(job_id, attempt_no)
join fleetmark.job j on j.job_id = x.job_id and j.attempt_no = x.attempt_no and j.state = 2
join fleetmark.attempt t on t.job_id = j.job_id and t.attempt_no = j.attempt_no and t.outcome = 0
cross join lateral (
  select count(*)::smallint as launches, array_agg(k.p50_us order by k.launch_no) as medians,
    percentile_cont(0.5) within group (order by k.p50_us) as median
  from fleetmark.launch k where k.job_id = j.job_id and k.attempt_no = j.attempt_no and k.state <> 4) m
join lateral (
  select k.* from fleetmark.launch k where k.job_id = j.job_id and k.attempt_no = j.attempt_no and k.state <> 4
  order by k.launch_no desc limit 1) l on true
where not exists (select from fleetmark.measurement k where k.job_id = j.job_id)
