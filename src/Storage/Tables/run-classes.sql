-- The device classes of a run, each with the environments its numbers were taken in: $1 run. One row per class and environment; a class
-- without numbers has one row with nulls.
select d.slug, coalesce(d.detail ->> 'displayName', d.slug), coalesce(f.devices, 0), coalesce(f.simulated, false),
  e.runtime, e.runtime_version, e.flavour, e.driver, e.cuda, e.detail::text
from (select distinct c.device_class_id from fleetmark.job j join fleetmark.cell c using (cell_id) where j.run_id = $1 and not c.extra ? 'sentinel') k
join fleetmark.device_class d using (device_class_id)
left join lateral (
  select count(distinct m.device_id)::int as devices, bool_or(v.simulated) as simulated
  from fleetmark.measurement m join fleetmark.cell c using (cell_id) join fleetmark.device v on v.device_id = m.device_id
  where m.run_id = $1 and c.device_class_id = d.device_class_id and not c.extra ? 'sentinel') f on true
left join lateral (
  select m.env_id, min(m.job_id) as first_job
  from fleetmark.measurement m join fleetmark.cell c using (cell_id)
  where m.run_id = $1 and c.device_class_id = d.device_class_id and not c.extra ? 'sentinel'
  group by m.env_id) x on true
left join fleetmark.environment e on e.env_id = x.env_id
order by d.slug, x.first_job
