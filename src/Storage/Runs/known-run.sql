-- The run of a key: $1 key.
select run_id, request_sha256 from fleetmark.run where idem_key = $1
