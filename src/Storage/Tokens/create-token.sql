-- Gives out a token: $1 name, $2 kind, $3 SHA-256 of the secret, $4 its first characters, $5 scopes, $6 uses or null, $7 life or null, $8 who. No row: a
-- token of this name is valid already.
with made as (
  insert into fleetmark.api_token (name, kind, token_sha256, prefix, scopes, uses_left, expires_at, created_by)
  values ($1, $2, $3, $4, $5, $6, now() + $7::interval, $8)
  on conflict (name) where revoked_at is null do nothing
  returning name, expires_at
), noted as (
  insert into fleetmark.audit (actor, action, object, detail)
  select $8, 'token-created', 'token ' || name, jsonb_build_object('expires', expires_at, 'uses', $6::int) from made
)
select expires_at from made
