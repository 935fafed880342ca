-- Cells that are not known yet, by anti-join: $1 an array of coordinates with coord_sha256 in hex. "on conflict do nothing" alone would
-- burn an identity value per cell and submit. In one order, so that two submits wait for each other and do not deadlock.
insert into fleetmark.cell (coord_sha256, kind, model_id, artifact_id, device_class_id, precision, batch, resize_short, crop, provider, flavour, scope, extra)
select decode(c.coord_sha256, 'hex'), c.kind, m.model_id, a.artifact_id, d.device_class_id, c.precision, c.batch, c.resize_short, c.crop, c.provider,
  c.flavour, c.scope, c.extra
from jsonb_to_recordset($1::jsonb) c(coord_sha256 text, kind smallint, model text, artifact text, device_class text, precision smallint, batch int,
  resize_short int, crop int, provider text, flavour text, scope smallint, extra jsonb)
join fleetmark.model m on m.name = c.model
join fleetmark.model_artifact a on a.sha256 = decode(c.artifact, 'hex')
join fleetmark.device_class d on d.slug = c.device_class
where not exists (select from fleetmark.cell k where k.coord_sha256 = decode(c.coord_sha256, 'hex'))
order by c.coord_sha256
on conflict (coord_sha256) do nothing
