-- A/A sentinels of a run of which both sides are complete and whose pair is not stored, or is older than they are: $1 run. Only valid launches
-- on the device itself, in the order of repetitions; a side that is not worth a comparison makes no pair.
with side as (
  select c.model_id, c.batch, c.extra ->> 'device' as hw_uuid, c.extra ->> 'sentinel' as label, p.cell_id, p.finished_at
  from fleetmark.run_cell p
  join fleetmark.cell c using (cell_id)
  where p.run_id = $1 and c.extra ? 'sentinel' and p.complete and p.state in (0, 1)
), median as (
  select s.cell_id, array_agg(m.p50_us order by m.rep) as p50_us
  from side s
  join fleetmark.measurement m on m.run_id = $1 and m.cell_id = s.cell_id and m.state = 0
  join fleetmark.device d on d.device_id = m.device_id and d.hw_uuid = s.hw_uuid
  group by s.cell_id
)
select d.device_id, n.name || ' batch ' || a.batch, x.p50_us, y.p50_us, greatest(a.finished_at, b.finished_at)
from side a
join side b using (model_id, batch, hw_uuid)
join median x on x.cell_id = a.cell_id
join median y on y.cell_id = b.cell_id
join fleetmark.model n using (model_id)
join fleetmark.device d using (hw_uuid)
left join fleetmark.aa_pair p on p.run_id = $1 and p.device_id = d.device_id and p.sentinel = n.name || ' batch ' || a.batch
where a.label = 'a' and b.label = 'b' and (p.run_id is null or p.finished_at < greatest(a.finished_at, b.finished_at))
order by d.device_id, n.name, a.batch
