-- How far a run is: $1 run.
select r.state, count(j.job_id)::int, count(*) filter (where j.state = 0)::int, count(*) filter (where j.state = 1)::int
from fleetmark.run r left join fleetmark.job j using (run_id)
where r.run_id = $1
group by r.run_id
