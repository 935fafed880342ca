-- Retries for bad conditions a job used and may use: $1 job.
select noise_attempts, max_noise from fleetmark.job where job_id = $1
