-- Models that are not known yet: $1 an array of {name, family}.
insert into fleetmark.model (name, family)
select distinct on (m.name) m.name, m.family from jsonb_to_recordset($1::jsonb) m(name text, family text)
where not exists (select from fleetmark.model k where k.name = m.name)
order by m.name
on conflict (name) do nothing
