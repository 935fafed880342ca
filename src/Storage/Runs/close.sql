-- Closes a run without open jobs whose cells are all computed from their last results: $1 run; its row was locked by the statement before,
-- so no launch is added meanwhile. A cell that still wants one is not complete. A cell without a number that could have had one makes the
-- run partial, also one whose launches do not count; jobs withdrawn as unsupported do not, nor do A/A sentinels.
update fleetmark.run r set
  state = case
    when r.cancel_requested then 4
    when not exists (select from fleetmark.measurement m join fleetmark.cell c using (cell_id) where m.run_id = $1 and not c.extra ? 'sentinel') then 5
    when exists (select from fleetmark.job j join fleetmark.cell c using (cell_id) where j.run_id = $1 and not c.extra ? 'sentinel'
      and (j.state = 4 or j.state = 3 and j.last_code not like 'unsupported%')) then 3
    when exists (select from fleetmark.run_cell p join fleetmark.cell c using (cell_id) where p.run_id = $1 and p.state = 4 and not c.extra ? 'sentinel') then 3
    else 2 end,
  ended_at = now(), started_at = coalesce(r.started_at, now())
where r.run_id = $1 and r.state in (0, 1) and not exists (select from fleetmark.job j where j.run_id = $1 and j.state in (0, 1))
  and not exists (
    select from (
      select j.cell_id, count(*) filter (where t.outcome is not null)::int + count(m.job_id)::int as basis
      from fleetmark.job j
      join fleetmark.attempt t on t.job_id = j.job_id
      left join fleetmark.measurement m on m.job_id = j.job_id and m.attempt_no = t.attempt_no
      where j.run_id = $1
      group by j.cell_id
      having count(m.job_id) > 0) f
    left join fleetmark.run_cell p on p.run_id = $1 and p.cell_id = f.cell_id
    where p.run_id is null or p.basis < f.basis or not p.complete)
returning state
