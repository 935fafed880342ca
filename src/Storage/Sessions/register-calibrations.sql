-- Calibrations of an agent's devices: $1 agent, $2 an array of {uuid, measured_at, sm_clock_mhz, p50_us, power_w, temp_c}. Every dial says the
-- newest again: one that is known stays as it is.
insert into fleetmark.device_calibration (device_id, measured_at, sm_clock_mhz, p50_us, power_w, temp_c)
select d.device_id, t.measured_at, t.sm_clock_mhz, t.p50_us, t.power_w, t.temp_c
from jsonb_to_recordset($2::jsonb) t(uuid text, measured_at timestamptz, sm_clock_mhz float4, p50_us float8, power_w float4, temp_c float4)
join fleetmark.device d on d.hw_uuid = t.uuid and d.agent_id = $1
on conflict (device_id, measured_at) do nothing
