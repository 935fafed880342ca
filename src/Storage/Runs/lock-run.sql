-- $1 run. A statement of its own: the next one counts on a new snapshot.
select run_id from fleetmark.run where run_id = $1 for update
