-- The jobs of a run in their order: $1 run, $2 an array of {coord_sha256, rep, order_key, requires, device, code}, $3 retries for noise. A job
-- with a device is pinned to it; unknown by now, it has no job. A job with a code is withdrawn from the start: failed when no device can ever
-- run it, cancelled otherwise. Expanding twice adds nothing.
insert into fleetmark.job (run_id, cell_id, rep, pool, order_key, requires, pinned_device, max_noise, state, last_code)
select $1, c.cell_id, j.rep, c.device_class_id, j.order_key, coalesce(j.requires, '{}'), d.device_id, $3,
  case when j.code is null then 0 when j.code like 'unsupported%' then 3 else 5 end, j.code
from jsonb_to_recordset($2::jsonb) j(coord_sha256 text, rep smallint, order_key int, requires text[], device text, code text)
join fleetmark.cell c on c.coord_sha256 = decode(j.coord_sha256, 'hex')
left join fleetmark.device d on d.hw_uuid = j.device
where j.device is null or d.device_id is not null
order by j.order_key
on conflict (run_id, cell_id, rep, shard) do nothing
