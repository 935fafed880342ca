-- The newest $1 runs.
select r.run_id, r.run_uid, p.name, r.state, r.effort, r.submitted_at, r.ended_at, j.jobs, j.done
from (select * from fleetmark.run order by submitted_at desc, run_id desc limit $1) r
join fleetmark.plan p using (plan_id)
cross join lateral (
  select count(*)::int as jobs, count(*) filter (where k.state in (2, 3, 4, 5))::int as done from fleetmark.job k where k.run_id = r.run_id) j
order by r.submitted_at desc, r.run_id desc
