-- Takes waiting jobs out of the queue without an attempt: $1 jobs, $2 code. Repeating it changes nothing. Locks in job_id order.
with waiting as (
  select job_id from fleetmark.job where job_id = any($1::bigint[]) and state = 0 order by job_id for update
)
update fleetmark.job j set state = case when $2 like 'unsupported%' then 3 else 5 end, last_code = $2
from waiting w where j.job_id = w.job_id and j.job_id = any($1::bigint[])
