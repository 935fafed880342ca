-- Ends the open attempts an agent no longer has: $1 agent, $2 incarnation, $3 and $4 jobs and attempts whose results are spooled on its disk
-- and still come, $5 and $6 those that run in this process. What an earlier process left counts, so that a job that kills its host ends
-- too; what this process never got, or whose last word was lost with the stream, goes back and counts for nothing.
with gone as (
  select t.job_id, t.attempt_no, t.agent_incarnation < $2 as lost
  from fleetmark.attempt t
  join fleetmark.device d using (device_id)
  join fleetmark.job j on j.job_id = t.job_id
  where d.agent_id = $1 and t.outcome is null
    and not exists (select from unnest($3::bigint[], $4::int[]) s(job_id, attempt_no) where s.job_id = t.job_id and s.attempt_no = t.attempt_no)
    and (t.agent_incarnation < $2
      or not exists (select from unnest($5::bigint[], $6::int[]) h(job_id, attempt_no) where h.job_id = t.job_id and h.attempt_no = t.attempt_no))
  order by t.job_id
  for update of j
), u as (
  update fleetmark.job j set
    state = case when r.cancel_requested then 5 when g.lost and j.counted + 1 >= j.max_attempts then 4 else 0 end,
    lease_until = null, counted = j.counted + case when g.lost then 1 else 0 end,
    last_code = case when g.lost then 'agent-lost' else j.last_code end, not_before = now()
  from gone g, fleetmark.run r
  where j.job_id = g.job_id and j.attempt_no = g.attempt_no and j.state = 1 and r.run_id = j.run_id
  returning j.job_id, j.attempt_no, j.run_id, j.pool, g.lost
), a as (
  update fleetmark.attempt t set outcome = case when u.lost then 1 else 5 end, ended_at = now(),
    error_code = case when u.lost then 'agent-lost' end, error_text = case when not u.lost then 'not held after a reconnect' end
  from u where t.job_id = u.job_id and t.attempt_no = u.attempt_no
)
select u.job_id, u.attempt_no, u.run_id, c.slug from u join fleetmark.device_class c on c.device_class_id = u.pool
