-- Environments that are not known yet; $1 an array of environment reports. By anti-join: a blind "on conflict do nothing" burns an
-- identity value per row and call.
insert into fleetmark.environment (fingerprint, comparable, flavour, runtime, runtime_version, driver, cuda, cudnn, tensorrt, agent_version, image_digest,
  detail)
select distinct on (e.fingerprint) decode(e.fingerprint, 'base64'), decode(e.comparable, 'base64'), e.flavour, e.runtime, e.runtime_version, e.driver,
  e.cuda, e.cudnn, e.tensorrt, e.agent_version, e.image_digest, e.detail
from jsonb_to_recordset($1::jsonb) e(fingerprint text, comparable text, flavour text, runtime text, runtime_version text, driver text, cuda text,
  cudnn text, tensorrt text, agent_version text, image_digest text, detail jsonb)
where not exists (select from fleetmark.environment k where k.fingerprint = decode(e.fingerprint, 'base64'))
order by e.fingerprint
on conflict (fingerprint) do nothing
