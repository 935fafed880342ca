-- Open attempts of an agent's earlier processes: $1 agent, $2 incarnation, $3 and $4 jobs and attempts whose results are spooled on its
-- disk and still come. They count, so that a job that kills its host ends too.
with lost as (
  select t.job_id, t.attempt_no
  from fleetmark.attempt t
  join fleetmark.device d using (device_id)
  join fleetmark.job j on j.job_id = t.job_id
  where d.agent_id = $1 and t.outcome is null and t.agent_incarnation < $2
    and not exists (select from unnest($3::bigint[], $4::int[]) s(job_id, attempt_no) where s.job_id = t.job_id and s.attempt_no = t.attempt_no)
  order by t.job_id
  for update of j
), u as (
  update fleetmark.job j set
    state = case when r.cancel_requested then 5 when j.counted + 1 >= j.max_attempts then 4 else 0 end,
    lease_until = null, counted = j.counted + 1, last_code = 'agent-lost', not_before = now()
  from lost l, fleetmark.run r
  where j.job_id = l.job_id and j.attempt_no = l.attempt_no and j.state = 1 and r.run_id = j.run_id
  returning j.job_id, j.attempt_no, j.run_id, j.pool
), a as (
  update fleetmark.attempt t set outcome = 1, ended_at = now(), error_code = 'agent-lost'
  from u where t.job_id = u.job_id and t.attempt_no = u.attempt_no
)
select u.job_id, u.attempt_no, u.run_id, c.slug from u join fleetmark.device_class c on c.device_class_id = u.pool
