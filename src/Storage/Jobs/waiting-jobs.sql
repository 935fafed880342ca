-- What a pool may hand out next: $1 slug of the device class, $2 how many. Priority first, then the older run, then the run's own order.
select j.job_id, j.run_id, j.requires, j.min_memory_mib, j.pinned_device, j.excluded_devices
from fleetmark.job j
join fleetmark.run r using (run_id)
join fleetmark.device_class c on c.device_class_id = j.pool
where c.slug = $1 and j.state = 0 and j.not_before <= now() and r.state in (0, 1) and not r.cancel_requested
order by r.priority desc, j.run_id, j.order_key
limit $2
