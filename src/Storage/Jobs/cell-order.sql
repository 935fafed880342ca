-- The cells of a run in the order of their first launches: $1 run.
select j.cell_id from fleetmark.job j where j.run_id = $1 group by j.cell_id order by min(j.order_key)
