-- A plan is immutable and known by name and source: $1 name, $2 SHA-256, $3 source, $4 spec, $5 who.
with known as (
  select plan_id from fleetmark.plan where name = $1 and sha256 = $2
), added as (
  insert into fleetmark.plan (name, sha256, source, spec, schema_version, created_by)
  select $1, $2, $3, $4::jsonb, 1, $5 where not exists (select from known)
  on conflict (name, sha256) do update set name = excluded.name
  returning plan_id
)
select plan_id from known union all select plan_id from added
