-- What to say of results that the fence did not take: $1 jobs, $2 attempts, $3 devices. True: it counted before; false: it is fenced.
select x.job_id, x.attempt_no, exists (
  select from fleetmark.attempt t
  where t.job_id = x.job_id and t.attempt_no = x.attempt_no and t.device_id = x.device_id and t.outcome = 0)
from unnest($1::bigint[], $2::int[], $3::int[]) x(job_id, attempt_no, device_id)
