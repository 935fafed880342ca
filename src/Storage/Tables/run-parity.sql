-- What inspections say of the converted models that a run measured: $1 run.
select distinct on (m.name, d.slug, c.precision, c.provider, c.flavour) m.name, d.slug, c.precision, c.provider, c.flavour, i.detail::text
from fleetmark.run_cell p
join fleetmark.cell c using (cell_id)
join fleetmark.model m using (model_id)
join fleetmark.device_class d using (device_class_id)
join fleetmark.inspection i using (artifact_id, precision, provider, flavour, device_class_id)
where p.run_id = $1 and p.p50_us is not null
order by m.name, d.slug, c.precision, c.provider, c.flavour
