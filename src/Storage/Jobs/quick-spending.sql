-- What the cells of a quick run spent on launches, for those with launches left: $1 run. Spent: seconds from lease to end of each accepted
-- attempt, in the order of repetitions, less what its energy took: that is asked for besides, and must not cost launches.
select q.waiting, s.seconds
from (
  select j.cell_id, array_agg(j.job_id order by j.rep) as waiting
  from fleetmark.job j join fleetmark.run r using (run_id)
  where j.run_id = $1 and j.state = 0 and r.effort = 0
  group by j.cell_id) q
cross join lateral (
  select array_agg(extract(epoch from t.ended_at - t.started_at)::float8 - e.seconds order by k.rep) as seconds
  from fleetmark.job k join fleetmark.attempt t on t.job_id = k.job_id and t.attempt_no = k.attempt_no
  cross join lateral (
    select coalesce(sum(l.energy_seconds), 0) as seconds from fleetmark.launch l where l.job_id = t.job_id and l.attempt_no = t.attempt_no) e
  where k.run_id = $1 and k.cell_id = q.cell_id and k.state = 2) s
where s.seconds is not null
