-- The self-checks of the agents that measured for a run, once for each class they measured on: $1 run.
select distinct d.slug, a.name, a.selfcheck::text
from fleetmark.measurement m
join fleetmark.cell c using (cell_id)
join fleetmark.device_class d using (device_class_id)
join fleetmark.device v on v.device_id = m.device_id
join fleetmark.agent a using (agent_id)
where m.run_id = $1 and not c.extra ? 'sentinel'
order by d.slug, a.name
