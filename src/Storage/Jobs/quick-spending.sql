-- What the cells of a quick run spent on launches, for those with launches left: $1 run. Spent: seconds of each accepted attempt's worker, in
-- the order of repetitions: its phases, not the conversions and inspections before it, and never more than the attempt itself, less what its
-- energy took, which is asked for besides and must not cost launches. A worker that tells no phases has its whole life in the first one, and
-- its window once more.
select q.waiting, s.seconds
from (
  select j.cell_id, array_agg(j.job_id order by j.rep) as waiting
  from fleetmark.job j join fleetmark.run r using (run_id)
  where j.run_id = $1 and j.state = 0 and r.effort = 0
  group by j.cell_id) q
cross join lateral (
  select array_agg(least(extract(epoch from t.ended_at - t.started_at)::float8 - w.energy, w.seconds) order by k.rep) as seconds
  from fleetmark.job k join fleetmark.attempt t on t.job_id = k.job_id and t.attempt_no = k.attempt_no
  cross join lateral (
    select nullif(sum(coalesce(l.load_ms, 0) + coalesce(l.first_ms, 0) + coalesce(l.warmup_ms, 0) + coalesce(l.sampling_ms, 0)), 0) / 1000 as seconds,
      coalesce(sum(l.energy_seconds), 0) as energy
    from fleetmark.launch l
    where l.job_id = t.job_id and l.attempt_no = t.attempt_no) w
  where k.run_id = $1 and k.cell_id = q.cell_id and k.state = 2) s
where s.seconds is not null
