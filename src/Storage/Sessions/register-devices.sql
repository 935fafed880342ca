-- The devices of a Hello: $1 agent, $2 an array of {uuid, slug, vendor, display_name, compute_capability, ordinal, memory_mib, capabilities,
-- simulated}. A class that so far only a plan has named gets its facts; devices the agent no longer has lose it. Known rows are updated
-- and only new ones inserted: a blind upsert burns an identity value per device and dial, and writes classes that did not change.
with offered as (
  select * from jsonb_to_recordset($2::jsonb) o(uuid text, slug text, vendor text, display_name text, compute_capability text, ordinal smallint,
    memory_mib int, capabilities text[], simulated boolean)
), named as (
  select distinct on (slug) slug, vendor, compute_capability, memory_mib, jsonb_build_object('displayName', display_name) as detail from offered order by slug
), gone as (
  update fleetmark.device set agent_id = null where agent_id = $1 and hw_uuid not in (select uuid from offered)
), learned as (
  update fleetmark.device_class c set vendor = n.vendor, compute_cap = n.compute_capability, memory_mib = n.memory_mib, detail = n.detail
  from named n
  where c.slug = n.slug and (c.vendor, c.compute_cap, c.memory_mib, c.detail) is distinct from (n.vendor, n.compute_capability, n.memory_mib, n.detail)
), added_classes as (
  insert into fleetmark.device_class (slug, vendor, compute_cap, memory_mib, detail)
  select n.* from named n where not exists (select from fleetmark.device_class c where c.slug = n.slug)
  on conflict (slug) do update set vendor = excluded.vendor
  returning device_class_id, slug
), classes as (
  select c.device_class_id, c.slug from fleetmark.device_class c join named n using (slug)
  union all select device_class_id, slug from added_classes
), known as (
  update fleetmark.device d set device_class_id = c.device_class_id, agent_id = $1, ordinal = o.ordinal, memory_mib = o.memory_mib,
    capabilities = o.capabilities, simulated = coalesce(o.simulated, false)
  from offered o join classes c using (slug)
  where d.hw_uuid = o.uuid
  returning d.device_id, d.hw_uuid
), added as (
  insert into fleetmark.device (device_class_id, hw_uuid, agent_id, ordinal, memory_mib, capabilities, simulated)
  select c.device_class_id, o.uuid, $1, o.ordinal, o.memory_mib, o.capabilities, coalesce(o.simulated, false)
  from offered o join classes c using (slug)
  where not exists (select from fleetmark.device d where d.hw_uuid = o.uuid)
  on conflict (hw_uuid) do update set device_class_id = excluded.device_class_id, agent_id = excluded.agent_id, ordinal = excluded.ordinal,
    memory_mib = excluded.memory_mib, capabilities = excluded.capabilities, simulated = excluded.simulated
  returning device_id, hw_uuid
)
select device_id, hw_uuid from known union all select device_id, hw_uuid from added
