-- An agent's credential: $1 key, $2 name, $3 SHA-256 of the credential. The next Hello fills in the rest;
-- until then the agent's devices are offered by nobody. Its numbers of dials begin anew: its folder may be older than these rows.
insert into fleetmark.agent (agent_key, name, host, version, credential_sha256) values ($1, $2, '', '', $3)
on conflict (agent_key) do update set credential_sha256 = excluded.credential_sha256, name = excluded.name,
  last_seen_at = null, session_epoch = 0
