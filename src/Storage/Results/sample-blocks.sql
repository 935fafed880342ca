-- Series of launches that are stored; parallel arrays: $1 jobs, $2 attempts, $3 launches, $4 series, $5 codecs, $6 counts, $7 bodies.
insert into fleetmark.sample_block (job_id, attempt_no, launch_no, series, codec, n, body)
select s.* from unnest($1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::smallint[], $6::int[], $7::bytea[])
  s(job_id, attempt_no, launch_no, series, codec, n, body)
join fleetmark.launch l using (job_id, attempt_no, launch_no)
on conflict do nothing
