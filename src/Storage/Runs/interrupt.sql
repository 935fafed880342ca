-- Stops handing out the jobs of an open run: $1 run. What runs now is returned by its agent; finished cells stay.
update fleetmark.run set state = 6, ended_at = null where run_id = $1 and state in (0, 1)
