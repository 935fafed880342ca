-- A/A pairs of a run: $1 run, $2 devices, $3 sentinels, $4 log ratios, $5 probabilities, $6 times of the later side (parallel arrays). A pair that
-- was measured on after a resume replaces the older one.
insert into fleetmark.aa_pair (run_id, device_id, sentinel, log_ratio, p, finished_at)
select $1, x.* from unnest($2::int[], $3::text[], $4::float8[], $5::float8[], $6::timestamptz[]) x(device_id, sentinel, log_ratio, p, finished_at)
on conflict (run_id, device_id, sentinel) do update set log_ratio = excluded.log_ratio, p = excluded.p, finished_at = excluded.finished_at
where aa_pair.finished_at < excluded.finished_at
