-- An agent's Hello: $1 SHA-256 of its credential, $2 process, $3 session epoch, $4 host, $5 version, $6 labels, $7 self-check or null. A new process
-- is a new incarnation. No row: the credential is unknown or revoked, or a session with a higher epoch exists.
update fleetmark.agent set
  incarnation = incarnation + case when process_id is distinct from $2 then 1 else 0 end,
  process_id = $2, session_epoch = $3, host = $4, version = $5, labels = $6, selfcheck = coalesce($7, selfcheck), last_seen_at = now()
where credential_sha256 = $1 and revoked_at is null and session_epoch < $3
returning agent_id, incarnation
