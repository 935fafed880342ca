-- The launches behind a run's cells: $1 run, $2 cells. Those of accepted measurements that have a number, with their samples.
select m.cell_id, l.state, l.flags, l.notes, l.p50_us, l.half_width_rel, l.n, l.calls_per_sample, m.device_id, m.env_id, l.precision_effective, l.arithmetic,
  m.finished_at, b.body, (l.result #> '{worker,output}')::text, l.sm_clock_p50_mhz,
  m.energy_uj_per_item, m.energy_net_uj_per_item, l.rate_per_s
from fleetmark.measurement m
join fleetmark.launch l using (job_id, attempt_no)
left join fleetmark.sample_block b on b.job_id = l.job_id and b.attempt_no = l.attempt_no and b.launch_no = l.launch_no and b.series = 0
where m.run_id = $1 and m.cell_id = any($2::int[]) and l.state <> 4
order by m.cell_id, m.rep, l.launch_no
