-- Ends one open attempt without a result: $1 job, $2 attempt, $3 devices of the agent that says so, or null, $4 outcome (1 error, 2 rejected-noise, 4 cancelled,
-- 5 returned), $5 code, $6 text, $7 log tail, $8 permanent, $9 attempt limit of the code or null, $10 pause or
-- null, $11 share of the pause that grows with the counted failures: 5 s, doubling, at most 300 s.
-- The same call again changes nothing: the attempt is no longer open. Outcome 5 counts nowhere, 2 among the noisy attempts only.
with u as (
  update fleetmark.job j set
    state = case
      when r.cancel_requested or $4 = 4 then 5
      when $8 then 3
      when $4 = 1 and j.counted + 1 >= least(j.max_attempts, coalesce($9, j.max_attempts)) then 4
      else 0 end,
    lease_until = null,
    counted = j.counted + case when $4 = 1 then 1 else 0 end,
    noise_attempts = j.noise_attempts + case when $4 = 2 then 1 else 0 end,
    last_code = coalesce($5, j.last_code),
    not_before = now() + coalesce($10, least(interval '300 s', interval '5 s' * power(2, least(j.counted, 16))) * $11)
  from fleetmark.attempt t, fleetmark.run r
  where j.job_id = $1 and j.attempt_no = $2 and j.state = 1 and r.run_id = j.run_id
    and t.job_id = $1 and t.attempt_no = $2 and t.outcome is null and ($3::int[] is null or t.device_id = any($3))
  returning j.job_id, j.attempt_no, j.run_id, j.pool
), a as (
  update fleetmark.attempt t set outcome = $4, ended_at = now(), error_code = $5, error_text = $6, log_tail = $7
  from u where t.job_id = u.job_id and t.attempt_no = u.attempt_no
)
select u.job_id, u.attempt_no, u.run_id, c.slug from u join fleetmark.device_class c on c.device_class_id = u.pool
