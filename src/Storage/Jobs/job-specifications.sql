-- Everything an assignment says of its job: $1 jobs.
select j.job_id, j.run_id, j.rep, r.effort, r.order_seed, c.kind, m.name, encode(a.sha256, 'hex'), d.slug, c.precision, c.batch, c.crop, c.resize_short, c.provider,
  c.flavour, c.scope, c.extra::text, a.io_spec::text,
  coalesce((p.spec #>> '{latency,energy}')::boolean, false)
from fleetmark.job j
join fleetmark.run r using (run_id)
join fleetmark.plan p using (plan_id)
join fleetmark.cell c using (cell_id)
join fleetmark.model m using (model_id)
join fleetmark.model_artifact a using (artifact_id)
join fleetmark.device_class d using (device_class_id)
where j.job_id = any($1::bigint[])
