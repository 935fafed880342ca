-- Agents with an open session: $1 their rows.
update fleetmark.agent set last_seen_at = now() where agent_id = any($1::int[])
