-- What inspections found, for the results that were completed in this transaction; $1 jobs, $2 attempts, $3 digests of graphs, $4 details. Which model, class and
-- runtime it was about the cell says, not the agent. A newer look replaces an older one; the same one again writes nothing.
insert into fleetmark.inspection (artifact_id, precision, provider, flavour, device_class_id, graph_sha256, detail)
select distinct on (c.artifact_id, c.precision, c.provider, c.flavour, c.device_class_id)
  c.artifact_id, c.precision, c.provider, c.flavour, c.device_class_id, x.graph_sha256, x.detail
from unnest($1::bigint[], $2::int[], $3::bytea[], $4::jsonb[]) x(job_id, attempt_no, graph_sha256, detail)
join fleetmark.job j on j.job_id = x.job_id and j.attempt_no = x.attempt_no and j.state = 2
join fleetmark.attempt t on t.job_id = j.job_id and t.attempt_no = j.attempt_no and t.outcome = 0
join fleetmark.cell c on c.cell_id = j.cell_id
order by c.artifact_id, c.precision, c.provider, c.flavour, c.device_class_id, x.job_id desc
on conflict (artifact_id, precision, provider, flavour, device_class_id) do update
set graph_sha256 = excluded.graph_sha256, detail = excluded.detail, inspected_at = now()
where inspection.detail is distinct from excluded.detail
