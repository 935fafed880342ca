-- Closes a run without open jobs: $1 run; its row was locked by the statement before. A cell without a number that could have had one makes
-- it partial; jobs withdrawn as unsupported do not.
update fleetmark.run r set
  state = case
    when r.cancel_requested then 4
    when not exists (select from fleetmark.measurement m where m.run_id = $1) then 5
    when exists (select from fleetmark.job j where j.run_id = $1
      and (j.state = 4 or j.state = 3 and j.last_code not like 'unsupported%')) then 3
    else 2 end,
  ended_at = now(), started_at = coalesce(r.started_at, now())
where r.run_id = $1 and r.state in (0, 1) and not exists (select from fleetmark.job j where j.run_id = $1 and j.state in (0, 1))
returning state
