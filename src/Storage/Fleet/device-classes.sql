-- Every known class with what its connected devices can do. A device is connected while its agent was seen within $1.
select c.slug, c.vendor, coalesce(c.detail ->> 'displayName', c.slug),
  coalesce(array_agg(distinct k.capability) filter (where k.capability is not null), '{}'),
  coalesce(bool_or(d.device_id is not null), false),
  coalesce(array_agg(distinct d.hw_uuid) filter (where d.hw_uuid is not null), '{}')
from fleetmark.device_class c
left join (fleetmark.device d join fleetmark.agent g on g.agent_id = d.agent_id and g.revoked_at is null and g.last_seen_at > now() - $1::interval)
  on d.device_class_id = c.device_class_id
left join lateral unnest(d.capabilities) k(capability) on true
group by c.device_class_id
order by c.slug
