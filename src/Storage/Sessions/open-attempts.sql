-- Attempts an agent still has to answer for: $1 agent.
select t.job_id, t.attempt_no, t.device_id
from fleetmark.attempt t join fleetmark.device d using (device_id)
where d.agent_id = $1 and t.outcome is null
