-- The tokens that can still be used or were taken back within a week, newest first.
select name, kind, prefix, uses_left, created_by, created_at, expires_at, last_used_at, revoked_at, coalesce(expires_at < now(), false)
from fleetmark.api_token
where revoked_at is null or revoked_at > now() - interval '7 days'
order by created_at desc, token_id desc
