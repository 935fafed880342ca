-- Artifacts that are not known yet: $1 an array of {name, sha256, opset, size_bytes, params, macs, flops, io_spec}.
insert into fleetmark.model_artifact (model_id, sha256, format, opset, size_bytes, params, macs, flops, io_spec)
select distinct on (a.sha256) m.model_id, decode(a.sha256, 'hex'), 'onnx', a.opset, a.size_bytes, a.params, a.macs, a.flops, a.io_spec
from jsonb_to_recordset($1::jsonb) a(name text, sha256 text, opset int, size_bytes bigint, params bigint, macs bigint, flops jsonb, io_spec jsonb)
join fleetmark.model m on m.name = a.name
where not exists (select from fleetmark.model_artifact k where k.sha256 = decode(a.sha256, 'hex'))
order by a.sha256
on conflict (sha256) do nothing
