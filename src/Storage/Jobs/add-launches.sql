-- One further launch for cells whose interval is too wide: $1 run, $2 cells, $3 repetitions, $4 order keys (parallel arrays). Everything else
-- is as for the first launch. Only an open run takes it: the share lock waits for a close and then sees it, and a close waits for this and
-- then sees the jobs. Two that add the same add it once.
with open as (
  select run_id from fleetmark.run where run_id = $1 and state in (0, 1) and not cancel_requested for share
), added as (
  insert into fleetmark.job (run_id, cell_id, rep, pool, order_key, requires, min_memory_mib, pinned_device, max_noise)
  select j.run_id, j.cell_id, w.rep, j.pool, w.order_key, j.requires, j.min_memory_mib, j.pinned_device, j.max_noise
  from open
  join fleetmark.job j using (run_id)
  join unnest($2::int[], $3::smallint[], $4::int[]) w(cell_id, rep, order_key) using (cell_id)
  where j.rep = 0 and j.shard = 0
  order by w.order_key
  on conflict (run_id, cell_id, rep, shard) do nothing
  returning pool
)
select distinct c.slug from added join fleetmark.device_class c on c.device_class_id = added.pool
