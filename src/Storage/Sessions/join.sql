-- Lets an agent in by a join token: $1 SHA-256 of the token, $2 agent key, $3 name, $4 host, $5 SHA-256 of its new credential, $6 SHA-256 of the
-- credential it has, or null. A known key joins again only with its own credential or after ten minutes of silence: else whoever copied the
-- key could take a living agent's place. The use is counted only when it let somebody in. Answer: is the token good, is the key revoked, does
-- its agent live, row of the agent.
with token as (
  select token_id, name from fleetmark.api_token
  where token_sha256 = $1 and kind = 1 and revoked_at is null and expires_at > now() and uses_left > 0
  for update
), known as (
  select revoked_at is not null as revoked,
    credential_sha256 is distinct from $6 and last_seen_at > now() - interval '10 minutes' as lives
  from fleetmark.agent where agent_key = $2
  for update
), stored as (
  insert into fleetmark.agent (agent_key, name, host, version, credential_sha256)
  select $2, $3, $4, '', $5 from token where not exists (select from known where revoked or coalesce(lives, false))
  on conflict (agent_key) do update set credential_sha256 = excluded.credential_sha256, name = excluded.name, host = excluded.host,
    last_seen_at = null, session_epoch = 0
  returning agent_id, name
), used as (
  update fleetmark.api_token t set uses_left = t.uses_left - 1, last_used_at = now() from token, stored where t.token_id = token.token_id
), noted as (
  insert into fleetmark.audit (actor, action, object, detail)
  select 'token ' || token.name, case when exists (select from known) then 'agent-enrolled-again' else 'agent-enrolled' end, 'agent ' || stored.name,
    jsonb_build_object('host', $4::text, 'key', $2::uuid)
  from token, stored
)
select exists (select from token), exists (select from known where revoked), exists (select from known where lives), (select agent_id from stored)
