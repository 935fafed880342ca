-- Renews leases: $1 jobs, $2 attempts (parallel arrays), $3 time to live. Does not look at lease_until: a lease that ran out and was not
-- reaped yet revives. A pair that does not come back is somebody else's by now. Locks in job_id order, as every verb of many rows does.
with held as (
  select j.job_id from fleetmark.job j join unnest($1::bigint[], $2::int[]) h(job_id, attempt_no) using (job_id, attempt_no)
  where j.job_id = any($1) and j.state = 1 order by j.job_id for update of j
)
update fleetmark.job j set lease_until = now() + $3
from held h, fleetmark.run r
where j.job_id = any($1) and j.job_id = h.job_id and r.run_id = j.run_id
returning j.job_id, j.attempt_no, r.cancel_requested or r.state not in (0, 1)
