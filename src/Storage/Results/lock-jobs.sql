-- The lock is a statement of its own: a concurrent duplicate waits here and then decides on a new snapshot. Order by job_id keeps
-- batches from deadlocking.
select job_id from fleetmark.job where job_id = any($1::bigint[]) order by job_id for update
