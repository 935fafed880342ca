-- A/A sentinels that hold up an open run because the device they are pinned to is gone: $1 run. They alone are left, so nothing of the plan
-- waits with them. Repeating it changes nothing. Locks in job_id order.
with lost as (
  select j.job_id
  from fleetmark.job j
  join fleetmark.cell c using (cell_id)
  where j.run_id = $1 and j.state = 0 and c.extra ? 'sentinel'
    and not exists (
      select from fleetmark.device d join fleetmark.agent g on g.agent_id = d.agent_id
      where d.device_id = j.pinned_device and g.revoked_at is null and g.last_seen_at > now() - interval '60 seconds')
  order by j.job_id for update of j
)
update fleetmark.job j set state = 5, last_code = 'agent-lost'
from lost l
where j.job_id = l.job_id and j.state = 0
  and not exists (select from fleetmark.job k where k.run_id = $1 and k.state in (0, 1) and k.job_id not in (select job_id from lost))
