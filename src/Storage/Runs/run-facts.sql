-- A run with its plan: $1 run.
select r.run_uid, r.state, r.effort, r.order_seed, r.submitted_at, r.ended_at, p.source, encode(p.sha256, 'hex'), r.owner, r.priority
from fleetmark.run r join fleetmark.plan p using (plan_id)
where r.run_id = $1
