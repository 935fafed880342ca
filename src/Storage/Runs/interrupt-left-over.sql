-- Runs a person waited for and whose driver is gone: open, priority 20, advisory lock free ($1 is the first key of run locks).
-- The try-lock has side effects, so both steps are materialised: it is asked for these runs only. It ends with the transaction.
with waited as materialized (
  select run_id from fleetmark.run where state in (0, 1) and priority = 20 and not cancel_requested order by run_id
), free as materialized (
  select run_id from waited where pg_try_advisory_xact_lock($1 + run_id)
)
update fleetmark.run r set state = 6 from free f where r.run_id = f.run_id and r.state in (0, 1)
returning r.run_id
