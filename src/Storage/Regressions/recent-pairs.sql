-- The newest $2 A/A pairs of the device $1, and the newest $2 of all devices of its class, replayed ones among themselves; oldest first.
(select true as own, p.log_ratio, p.p, p.finished_at from fleetmark.aa_pair p where p.device_id = $1 order by p.finished_at desc, p.run_id desc, p.sentinel limit $2)
union all
(select false, p.log_ratio, p.p, p.finished_at
 from fleetmark.device d join fleetmark.device k using (device_class_id, simulated) join fleetmark.aa_pair p on p.device_id = k.device_id
 where d.device_id = $1 order by p.finished_at desc, p.run_id desc, p.device_id, p.sentinel limit $2)
order by finished_at
