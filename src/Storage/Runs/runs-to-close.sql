-- Open runs in which nothing can happen any more: no open job is left but those of A/A sentinels whose device is gone. A hint got lost.
select r.run_id from fleetmark.run r
where r.state in (0, 1) and not exists (
  select from fleetmark.job j
  join fleetmark.cell c using (cell_id)
  left join (fleetmark.device d join fleetmark.agent g on g.agent_id = d.agent_id and g.revoked_at is null and g.last_seen_at > now() - interval '60 seconds')
    on d.device_id = j.pinned_device
  where j.run_id = r.run_id and j.state in (0, 1) and (j.state = 1 or not c.extra ? 'sentinel' or d.device_id is not null))
order by r.run_id
