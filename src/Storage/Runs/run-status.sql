-- How far a run is: $1 run.
select r.state, count(j.job_id)::int, count(*) filter (where j.state = 0)::int, count(*) filter (where j.state = 1)::int,
  coalesce((select sum(p.basis + p.complete::int) from fleetmark.run_cell p where p.run_id = $1), 0)::bigint
from fleetmark.run r left join fleetmark.job j using (run_id)
where r.run_id = $1
group by r.run_id
