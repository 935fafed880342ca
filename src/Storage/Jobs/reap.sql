-- Ends attempts whose lease ran out, at most $1. Every silo runs it; SKIP LOCKED keeps them apart.
with expired as (
  select job_id from fleetmark.job where state = 1 and lease_until < now() order by job_id limit $1 for update skip locked
), u as (
  update fleetmark.job j set
    state = case when r.cancel_requested then 5 when j.counted + 1 >= j.max_attempts then 4 else 0 end,
    lease_until = null, counted = j.counted + 1, last_code = 'lease-expired', not_before = now()
  from expired e, fleetmark.run r
  where j.job_id = e.job_id and r.run_id = j.run_id
  returning j.job_id, j.attempt_no, j.run_id, j.pool
), a as (
  update fleetmark.attempt t set outcome = 3, ended_at = now(), error_code = 'lease-expired'
  from u where t.job_id = u.job_id and t.attempt_no = u.attempt_no
)
select u.job_id, u.attempt_no, u.run_id, c.slug from u join fleetmark.device_class c on c.device_class_id = u.pool
