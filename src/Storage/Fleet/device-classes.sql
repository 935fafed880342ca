-- Every known class with what its connected devices can do, and what was tried there and does not work. A device is connected while its
-- agent was seen within $1.
with connected as (
  select d.device_id, d.device_class_id, d.hw_uuid, d.capabilities
  from fleetmark.device d join fleetmark.agent g using (agent_id)
  where g.revoked_at is null and g.last_seen_at > now() - $1::interval
), broken as (
  select c.device_class_id, jsonb_agg(distinct jsonb_build_object('flavour', f.flavour, 'provider', p.provider, 'state', p.state, 'reason', p.reason)) as findings
  from connected c
  join fleetmark.device_flavour f using (device_id)
  cross join lateral jsonb_to_recordset(f.detail -> 'providers') p(provider text, state text, reason text)
  where p.state <> 'ok'
  group by c.device_class_id
)
select c.slug, c.vendor, coalesce(c.detail ->> 'displayName', c.slug),
  coalesce(array_agg(distinct k.capability) filter (where k.capability is not null), '{}'),
  coalesce(bool_or(d.device_id is not null), false),
  coalesce(array_agg(distinct d.hw_uuid) filter (where d.hw_uuid is not null), '{}'),
  coalesce(b.findings, '[]')::text
from fleetmark.device_class c
left join connected d using (device_class_id)
left join broken b using (device_class_id)
left join lateral unnest(d.capabilities) k(capability) on true
group by c.device_class_id, b.findings
order by c.slug
