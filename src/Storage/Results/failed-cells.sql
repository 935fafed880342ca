-- Why the cells of a run that ended without a number have none: $1 run. One row per cell: what was said of its newest failed attempt.
select distinct on (j.cell_id) encode(c.coord_sha256, 'hex'), t.error_text
from fleetmark.job j
join fleetmark.cell c using (cell_id)
join fleetmark.attempt t on t.job_id = j.job_id
where j.run_id = $1 and j.state in (3, 4) and t.outcome = 1 and t.error_text is not null
order by j.cell_id, t.ended_at desc, t.attempt_no desc
