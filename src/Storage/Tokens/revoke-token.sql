-- Takes a token back: $1 name, $2 who. What it let in stays in.
with gone as (
  update fleetmark.api_token set revoked_at = now() where name = $1 and revoked_at is null returning name
), noted as (
  insert into fleetmark.audit (actor, action, object) select $2, 'token-revoked', 'token ' || name from gone
)
select count(*)::int from gone
