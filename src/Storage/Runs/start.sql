-- The first lease makes a queued run a running one: $1 run.
update fleetmark.run r set state = 1, started_at = now()
where r.run_id = $1 and r.state = 0
  and exists (select from fleetmark.job j where j.run_id = r.run_id and j.attempt_no > 0)
