-- Device classes that only plans have named so far: $1 slugs, $2 vendors, $3 display names.
insert into fleetmark.device_class (slug, vendor, detail)
select c.slug, c.vendor, jsonb_build_object('displayName', c.display_name)
from unnest($1::text[], $2::text[], $3::text[]) c(slug, vendor, display_name)
where not exists (select from fleetmark.device_class k where k.slug = c.slug)
order by c.slug
on conflict (slug) do nothing
