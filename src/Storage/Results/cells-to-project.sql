-- Cells of a run whose projection is older than its facts: $1 run. Basis: ended attempts plus accepted results, a number that only rises.
with facts as (
  select j.cell_id, count(*) filter (where t.outcome is not null)::int + count(m.job_id)::int as basis, count(t.job_id)::int as attempts,
    bool_and(j.state not in (0, 1)) as complete,
    count(distinct j.job_id) filter (where j.state in (3, 4) and t.job_id is not null)::int as failed,
    (array_agg(j.last_code order by j.rep) filter (where j.state in (3, 4)))[1] as code, max(j.rep) + 1 as repetitions
  from fleetmark.job j
  left join fleetmark.attempt t on t.job_id = j.job_id
  left join fleetmark.measurement m on m.job_id = j.job_id and m.attempt_no = t.attempt_no
  where j.run_id = $1
  group by j.cell_id)
select f.cell_id, f.basis, f.attempts, f.complete, f.failed, f.code, f.repetitions, r.state in (0, 1, 6) and not r.cancel_requested, c.kind
from facts f join fleetmark.run r on r.run_id = $1 join fleetmark.cell c using (cell_id) left join fleetmark.run_cell p on p.run_id = $1 and p.cell_id = f.cell_id
where (f.basis > 0 or f.code is not null) and (p.run_id is null or p.basis < f.basis or p.complete <> f.complete)
