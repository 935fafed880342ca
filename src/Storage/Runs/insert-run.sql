-- The run: $1 id, $2 uid, $3 plan, $4 key, $5 SHA-256 of the request, $6 effort, $7 owner, $8 priority, $9 order seed, $10 protocol.
-- No row: the key is known.
insert into fleetmark.run (run_id, run_uid, plan_id, idem_key, request_sha256, effort, owner, priority, order_seed, protocol_version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (idem_key) do nothing
returning run_id
