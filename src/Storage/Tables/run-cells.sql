-- The cells of a run's plan with their queue and their projection: $1 run. A/A sentinels stand in no table.
select c.kind, m.name, encode(a.sha256, 'hex'), d.slug, c.precision, c.batch, c.crop, c.resize_short, c.provider, c.flavour, c.scope, c.extra::text,
  q.ready, q.leased, q.retrying, q.done, q.attempts, q.code, coalesce(p.complete, false),
  p.state, p.code, p.p50_us, p.ci_low_us, p.ci_high_us, p.min_us, p.p90_us, p.p95_us, p.p99_us, p.mean_us, p.launch_p50_us, p.n, p.launches,
  p.launches_started, p.flags, p.notes, p.precision_effective, p.energy_uj_per_item, p.energy_net_uj_per_item, p.rate_per_s,
  p.rate_low_per_s, p.rate_high_per_s, p.launch_rate_per_s
from (
  select j.cell_id, count(*) filter (where j.state = 0)::int as ready, count(*) filter (where j.state = 1)::int as leased,
    count(*) filter (where j.state = 0 and j.attempt_no > 0)::int as retrying, count(*) filter (where j.state = 2)::int as done, sum(j.attempt_no)::int as attempts,
    (array_agg(j.last_code order by j.rep) filter (where j.state in (3, 4, 5)))[1] as code
  from fleetmark.job j where j.run_id = $1 group by j.cell_id) q
join fleetmark.cell c using (cell_id)
join fleetmark.model m using (model_id)
join fleetmark.model_artifact a using (artifact_id)
join fleetmark.device_class d using (device_class_id)
left join fleetmark.run_cell p on p.run_id = $1 and p.cell_id = c.cell_id
where not c.extra ? 'sentinel'
