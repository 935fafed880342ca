-- Waiting jobs of a local run whose device class no connected agent offers: $1 run. A run that nobody else serves must not wait for them.
update fleetmark.job j set state = 5, last_code = 'no-device-class'
where j.run_id = $1 and j.state = 0
  and not exists (
    select from fleetmark.device d join fleetmark.agent g on g.agent_id = d.agent_id
    where d.device_class_id = j.pool and g.revoked_at is null and g.last_seen_at > now() - interval '60 seconds')
