-- The models of a run's plan: $1 run.
select distinct m.name, encode(a.sha256, 'hex'), a.size_bytes, a.opset, a.flops::text, a.io_spec::text
from fleetmark.job j
join fleetmark.cell c using (cell_id)
join fleetmark.model m using (model_id)
join fleetmark.model_artifact a using (artifact_id)
where j.run_id = $1 and not c.extra ? 'sentinel'
