-- Open runs that have no open job: a hint got lost.
select r.run_id from fleetmark.run r
where r.state in (0, 1) and not exists (select from fleetmark.job j where j.run_id = r.run_id and j.state in (0, 1))
order by r.run_id
