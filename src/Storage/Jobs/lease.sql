-- Takes jobs for devices: $1 jobs, $2 devices, $3 incarnations (parallel arrays), $4 time to live. Rows that do not come back were
-- taken elsewhere. job_id = any($1) is repeated because the planner expects thousands of rows from unnest and would scan the table.
-- 23505 on one_device_one_lease (two activations, one device) fails the whole statement: the caller repeats its pairs one by one.
with want as (
  select * from unnest($1::bigint[], $2::int[], $3::bigint[]) w(job_id, device_id, incarnation)
), pick as (
  select j.job_id, w.device_id, w.incarnation
  from want w
  join fleetmark.job j using (job_id)
  join fleetmark.run r using (run_id)
  join fleetmark.device d using (device_id)
  join fleetmark.agent g on g.agent_id = d.agent_id and g.incarnation = w.incarnation
  where j.job_id = any($1) and j.state = 0 and j.not_before <= now() and r.state in (0, 1) and not r.cancel_requested
    and not exists (select from fleetmark.attempt t where t.device_id = w.device_id and t.outcome is null)
  for update of j skip locked
), took as (
  update fleetmark.job j set state = 1, attempt_no = j.attempt_no + 1, lease_until = now() + $4
  from pick p
  where j.job_id = p.job_id and j.job_id = any($1)
  returning j.job_id, j.attempt_no, p.device_id, p.incarnation
)
insert into fleetmark.attempt (job_id, attempt_no, device_id, agent_incarnation)
select job_id, attempt_no, device_id, incarnation from took
returning job_id, attempt_no, device_id
