-- What the runtimes of an agent's devices said when they were tried: $1 agent, $2 an array of {uuid, flavour, state, detail}. A runtime that is
-- no longer there is absent, and a row that says the same as before is left alone: every dial says it again.
with told as (
  select d.device_id, t.flavour, t.state, t.detail
  from jsonb_to_recordset($2::jsonb) t(uuid text, flavour text, state text, detail jsonb)
  join fleetmark.device d on d.hw_uuid = t.uuid and d.agent_id = $1
), gone as (
  update fleetmark.device_flavour f set state = 'absent', detail = '{"providers": []}', probed_at = now()
  from fleetmark.device d
  where d.device_id = f.device_id and d.agent_id = $1 and f.state <> 'absent'
    and not exists (select from told t where t.device_id = f.device_id and t.flavour = f.flavour)
), known as (
  update fleetmark.device_flavour f set state = t.state, detail = t.detail, probed_at = now()
  from told t
  where f.device_id = t.device_id and f.flavour = t.flavour and (f.state, f.detail) is distinct from (t.state, t.detail)
)
insert into fleetmark.device_flavour (device_id, flavour, state, detail)
select t.device_id, t.flavour, t.state, t.detail
from told t
where not exists (select from fleetmark.device_flavour f where f.device_id = t.device_id and f.flavour = t.flavour)
on conflict (device_id, flavour) do update set state = excluded.state, detail = excluded.detail, probed_at = now()
