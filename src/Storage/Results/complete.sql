-- The fence: parallel arrays $1 jobs, $2 attempts, $3 devices. A result counts when its attempt is open, or expired and nobody leased the
-- job since and the run is open. A failed, returned or cancelled attempt never counts.
with x as (
  select * from unnest($1::bigint[], $2::int[], $3::int[]) x(job_id, attempt_no, device_id)
), u as (
  update fleetmark.job j set state = 2, lease_until = null, last_code = null
  from x join fleetmark.attempt a using (job_id, attempt_no), fleetmark.run r
  where j.job_id = any($1) and a.job_id = any($1) and j.job_id = x.job_id and j.attempt_no = x.attempt_no
    and a.device_id = x.device_id and r.run_id = j.run_id
    and (j.state = 1 and a.outcome is null or j.state in (0, 4) and a.outcome = 3 and r.state in (0, 1))
  returning j.job_id, j.attempt_no, j.run_id
), a as (
  update fleetmark.attempt t set outcome = 0, ended_at = now(), error_code = null
  from u where t.job_id = u.job_id and t.attempt_no = u.attempt_no
)
select job_id, attempt_no, run_id from u
