-- Every launch of a run with its call times, in the order of jobs and attempts, also those that did not count, without A/A sentinels: $1
-- run.
select j.job_id, l.attempt_no, l.launch_no, j.rep, encode(c.coord_sha256, 'hex'), t.outcome, d.hw_uuid, encode(e.fingerprint, 'hex'), l.agent_started_at, l.state,
  l.flags, l.notes, l.error_code, l.precision_effective, l.n, l.p50_us, l.result::text, b.codec, b.n, b.body, l.rate_per_s
from fleetmark.job j
join fleetmark.cell c using (cell_id)
join fleetmark.attempt t on t.job_id = j.job_id
join fleetmark.device d using (device_id)
join fleetmark.launch l on l.job_id = t.job_id and l.attempt_no = t.attempt_no
join fleetmark.environment e using (env_id)
left join fleetmark.sample_block b on b.job_id = l.job_id and b.attempt_no = l.attempt_no and b.launch_no = l.launch_no and b.series = 0
where j.run_id = $1 and not c.extra ? 'sentinel'
order by j.job_id, l.attempt_no, l.launch_no
