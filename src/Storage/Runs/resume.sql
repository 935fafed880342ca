-- Reopens a run: $1 run. Dead jobs are ready again with fresh limits; attempt numbers go on rising.
with opened as (
  update fleetmark.run set state = 1, ended_at = null, cancel_requested = false where run_id = $1 and state in (3, 5, 6) returning run_id
), again as (
  update fleetmark.job j set state = 0, counted = 0, noise_attempts = 0, not_before = now()
  from opened o where j.run_id = o.run_id and j.state = 4
)
select distinct c.slug
from opened o join fleetmark.job j using (run_id) join fleetmark.device_class c on c.device_class_id = j.pool
