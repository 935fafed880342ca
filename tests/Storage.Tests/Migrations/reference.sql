-- The tables of the product schema as they are meant to be, in plain DDL. A test loads this file into an empty database and compares the
-- catalogue with what the migrations make; a change of the schema changes both. PostgreSQL 15 or newer.
-- Conventions: times are timestamptz and set by the database (now()); a time told by an agent's clock is named agent_*.
-- Durations are double precision with the unit in the name, so that a stored value reads back bit for bit.
-- Closed vocabularies are smallint + check; the C# enum in Contracts owns the numbers, which are never reused.
begin;
create schema fleetmark;
set local search_path = fleetmark;

-- ---------- this database ----------
create table cluster_identity (                     -- exactly one row; a new cluster_id after every restore
  one_row      boolean primary key default true check (one_row),
  cluster_id   uuid not null default gen_random_uuid(),
  system_identifier bigint not null default (pg_control_system()).system_identifier,  -- differs after a restore elsewhere
  created_at   timestamptz not null default now());
insert into cluster_identity default values;

-- ---------- what is measured ----------
create table model (
  model_id     int generated always as identity primary key,
  name         text not null unique check (length(name) between 1 and 200),
  family       text not null, task text not null default 'classification');
create table model_artifact (                       -- one immutable file or graph
  artifact_id  int generated always as identity primary key,
  model_id     int not null references model,
  sha256       bytea not null unique check (octet_length(sha256) = 32),
  format       text not null, opset int, size_bytes bigint not null check (size_bytes > 0),
  params       bigint, macs bigint,                 -- exact counts; tables divide for display
  flops        jsonb not null default '{}',         -- exact integers by counting convention
  io_spec      jsonb not null, created_at timestamptz not null default now());
create index model_artifact_model on model_artifact (model_id);
create table artifact_chunk (                       -- imported files only, 4 MiB pieces; built-in models are generated, never stored
  artifact_id  int not null references model_artifact on delete cascade,
  seq          int not null check (seq >= 0), body bytea not null, primary key (artifact_id, seq));
alter table artifact_chunk alter body set storage external;
create table dataset (
  dataset_id   int generated always as identity primary key,
  slug         text not null, sha256 bytea not null unique check (octet_length(sha256) = 32),
  n_items int not null check (n_items > 0), n_classes int not null check (n_classes > 0), detail jsonb not null default '{}');

-- ---------- where it is measured ----------
create table device_class (
  device_class_id int generated always as identity primary key,
  slug text not null unique,                        -- 'v100-sxm2-16gb', 't4', 'cpu-…'
  vendor text not null, compute_cap text, memory_mib int, detail jsonb not null default '{}');
create table agent (
  agent_id     int generated always as identity primary key,
  agent_key    uuid not null unique,                -- enrolment key, made once by the agent, survives its restarts
  name         text not null unique, host text not null, version text not null, labels text[] not null default '{}',
  credential_sha256 bytea not null unique check (octet_length(credential_sha256) = 32),
  next_credential_sha256 bytea unique check (octet_length(next_credential_sha256) = 32),   -- while it rotates
  process_id   uuid, incarnation bigint not null default 0,                 -- +1 for every new process
  session_epoch bigint not null default 0, session_silo text, inventory_sha256 bytea,
  desired      smallint not null default 0 check (desired in (0, 1)),       -- 0 run 1 drain
  selfcheck    jsonb, enrolled_at timestamptz not null default now(), last_seen_at timestamptz, revoked_at timestamptz);
create table device (
  device_id    int generated always as identity primary key,
  device_class_id int not null references device_class,
  hw_uuid      text not null unique,                -- GPU or MIG instance UUID; for a CPU machine id + package
  agent_id     int references agent, ordinal smallint not null default 0, memory_mib int,
  capabilities text[] not null default '{}',        -- canonical: 'precision:fp16', 'runtime:ort122-cuda12', …
  simulated    boolean not null default false,      -- replayed telemetry: marked, never a baseline, never published
  health       smallint not null default 0 check (health between 0 and 3),  -- 0 new 1 healthy 2 quarantined 3 probation
  health_reason text, health_by text, health_since timestamptz not null default now(), next_canary_at timestamptz);
create index device_agent on device (agent_id);
create table device_flavour (                       -- capability probe; no dispatch where state is not 'ok'
  device_id int not null references device, flavour text not null, state text not null,
  detail jsonb not null default '{}', probed_at timestamptz not null default now(), primary key (device_id, flavour));
create table device_calibration (                   -- soak test at enrolment and weekly: the health record of a card
  device_id int not null references device, measured_at timestamptz not null default now(),
  sm_clock_mhz real, p50_us double precision, power_w real, temp_c real, detail jsonb not null default '{}',
  primary key (device_id, measured_at));
create table environment (                          -- one row per fingerprint; volatile readings stay with the launch
  env_id       int generated always as identity primary key,
  fingerprint  bytea not null unique check (octet_length(fingerprint) = 32),
  comparable   bytea not null check (octet_length(comparable) = 32),        -- hash of the comparability subset
  flavour text not null, runtime text not null, runtime_version text not null,
  driver text, cuda text, cudnn text, tensorrt text, agent_version text not null, image_digest text,
  detail jsonb not null);

-- ---------- what is asked ----------
create table plan (                                 -- immutable; an edit is a new row
  plan_id      bigint generated always as identity primary key,
  name text not null, sha256 bytea not null check (octet_length(sha256) = 32),
  source text not null, spec jsonb not null,        -- the YAML as written; the canonical form with every default
  schema_version int not null, created_at timestamptz not null default now(), created_by text not null,
  unique (name, sha256));
create sequence run_id_seq as bigint;               -- the caller takes the id first: it is the grain key
create table run (
  run_id       bigint primary key default nextval('run_id_seq'),
  run_uid      uuid not null unique,                -- version 7; identity in bundles
  plan_id      bigint not null references plan,
  idem_key     text not null unique,                -- client's key, 'sched:<id>:<due_at>', 'import:<run_uid>', 'confirm:<regression_id>'
  request_sha256 bytea not null check (octet_length(request_sha256) = 32),
  origin       smallint not null default 0 check (origin between 0 and 4),  -- 0 submitted 1 schedule 2 import 3 confirmation 4 system (canary)
  state        smallint not null default 0 check (state between 0 and 6),   -- 0 queued 1 running 2 done 3 partial 4 cancelled 5 failed 6 interrupted
  keep         smallint not null default 1 check (keep between 0 and 3),    -- 0 ephemeral 1 normal 2 baseline 3 pinned or published
  effort       smallint not null default 1 check (effort between 0 and 2),  -- 0 quick 1 standard 2 publish
  owner        text not null, priority smallint not null default 10, weight real not null default 1 check (weight > 0),
  order_seed   bigint not null, protocol_version int not null,
  commit_sha   text, tags text[] not null default '{}',
  submitted_at timestamptz not null default now(), started_at timestamptz, ended_at timestamptz,
  cancel_requested boolean not null default false,
  check ((state in (2, 3, 4, 5)) = (ended_at is not null)));
alter sequence run_id_seq owned by run.run_id;
create index run_plan      on run (plan_id, run_id desc);
create index run_submitted on run (submitted_at desc, run_id desc);
create index run_tags_gin  on run using gin (tags);
create index run_commit    on run (commit_sha text_pattern_ops) where commit_sha is not null;
create index run_open      on run (run_id) where state in (0, 1);

create table cell (                                 -- a coordinate, stable across runs
  cell_id      int generated always as identity primary key,
  coord_sha256 bytea not null unique check (octet_length(coord_sha256) = 32),  -- of the canonical form of the columns below
  kind         smallint not null check (kind between 0 and 2),              -- 0 latency 1 throughput 2 accuracy
  model_id     int not null references model, artifact_id int not null references model_artifact,
  device_class_id int not null references device_class,
  precision    smallint not null check (precision between 0 and 2),         -- requested: 0 FP32 1 FP16 2 INT8
  batch        int not null check (batch > 0), resize_short int not null, crop int not null,
  provider     text not null, flavour text not null,                        -- execution provider; runtime flavour
  scope        smallint not null check (scope between 0 and 2),             -- 0 device 1 e2e 2 kernel
  dataset_id   int references dataset, profile text,                        -- accuracy cells only
  extra        jsonb not null default '{}',         -- what differs from the default: clock policy, options, concurrency, sentinel
  check ((kind = 2) = (dataset_id is not null and profile is not null)));
create index cell_pivot on cell (device_class_id, kind, precision, model_id, batch);
create index cell_model on cell (model_id, kind);

-- ---------- durable queue ----------
create sequence job_id_seq as bigint;               -- no cache: id order is submission order
create table job (
  job_id       bigint primary key default nextval('job_id_seq'),
  run_id       bigint not null references run, cell_id int not null references cell,
  rep          smallint not null default 0, shard smallint not null default 0,
  first_item   int, n_items int,                    -- range of the dataset; accuracy jobs only
  pool         int not null references device_class, order_key int not null,
  requires     text[] not null default '{}', min_memory_mib int,
  pinned_device int references device, excluded_devices int[] not null default '{}',
  state        smallint not null default 0 check (state between 0 and 5),   -- 0 ready 1 leased 2 done 3 failed 4 dead 5 cancelled
  attempt_no   int not null default 0,              -- the fencing token; it only rises
  counted      smallint not null default 0, max_attempts smallint not null default 4,   -- failures that count
  noise_attempts smallint not null default 0, max_noise smallint not null default 2,    -- rejected as contended or throttled
  last_code    text check (length(last_code) <= 64),
  lease_until  timestamptz, not_before timestamptz not null default now(),
  unique (run_id, cell_id, rep, shard),
  check ((state = 1) = (lease_until is not null)),
  check ((first_item is null) = (n_items is null)))
  with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
alter sequence job_id_seq owned by job.job_id;
create index job_ready  on job (pool, run_id, order_key) where state = 0;
create index job_leased on job (job_id) where state = 1;      -- lease_until is in no index: renewals can stay heap-only
create index job_run    on job (run_id, state);
create table attempt (
  job_id bigint not null references job, attempt_no int not null check (attempt_no > 0),
  device_id int not null references device, agent_incarnation bigint not null,
  started_at timestamptz not null default now(), ended_at timestamptz,
  outcome smallint check (outcome between 0 and 5), -- null running 0 ok 1 error 2 rejected-noise 3 lease-expired 4 cancelled 5 returned
  error_code text check (length(error_code) <= 64), error_text text check (length(error_text) <= 4096),
  log_tail text check (length(log_tail) <= 262144),
  primary key (job_id, attempt_no), check ((outcome is null) = (ended_at is null)));
create unique index one_device_one_lease on attempt (device_id) where outcome is null;
create index attempt_device  on attempt (device_id, started_at desc);
create index attempt_started on attempt using brin (started_at);
create table inspection (                           -- untimed: what the runtime makes of a model, the proof behind precision_effective
  artifact_id int not null references model_artifact, precision smallint not null, provider text not null, flavour text not null,
  device_class_id int not null references device_class, graph_sha256 bytea not null check (octet_length(graph_sha256) = 32),
  detail jsonb not null,                            -- operators by input type and provider, precision check
  inspected_at timestamptz not null default now(), primary key (artifact_id, precision, provider, flavour, device_class_id));
create table launch (                               -- one worker process, also of attempts that were not accepted
  job_id bigint not null, attempt_no int not null, launch_no smallint not null default 0 check (launch_no >= 0),
  env_id int not null references environment, agent_started_at timestamptz not null,
  state smallint not null check (state between 0 and 4), flags bigint not null default 0, notes text[] not null default '{}',
  error_code text check (length(error_code) <= 64), -- state: 0 valid 1 unstable 2 throttled 3 contended 4 failed
  precision_effective text check (length(precision_effective) <= 40),       -- 'fp16(graph)', 'fp16-mixed(41/57)', 'fp32', …
  arithmetic smallint check (arithmetic between 0 and 2),                   -- what it counts as: 0 FP32 1 FP16 2 INT8
  output_sha256 bytea, engine_cache smallint not null default 0 check (engine_cache between 0 and 2),  -- 0 none 1 built 2 hit
  load_ms double precision, first_ms double precision, warmup_ms double precision, sampling_ms double precision,
  warmup_calls int, steady boolean,
  timer_floor_ns double precision, calls_per_sample int not null default 1 check (calls_per_sample > 0),
  n int not null default 0, min_us double precision, p5_us double precision, p50_us double precision, p90_us double precision,
  p95_us double precision, p99_us double precision, p999_us double precision, max_us double precision,
  mean_us double precision, sd_us double precision, mad_us double precision, iqr_us double precision,
  half_width_rel double precision, target_rel double precision, lag1 double precision, outliers int,
  block_p50_us double precision[], modes_us double precision[],
  rate_per_s double precision check (rate_per_s > 0 and rate_per_s < 'infinity'),   -- throughput launches: completed items per second
  gc_count int, gc_pause_us double precision, steal_rel double precision,
  sm_clock_p10_mhz real, sm_clock_p50_mhz real, temp_start_c real, temp_max_c real, power_mean_w real,
  violation_us double precision, clock_event_bits bigint, energy_mj bigint, energy_estimated boolean,
  energy_uj_per_item double precision, energy_net_uj_per_item double precision, energy_seconds double precision,
  device_mem_bytes bigint, result jsonb not null default '{}',              -- the worker's result and telemetry summary in full
  primary key (job_id, attempt_no, launch_no), foreign key (job_id, attempt_no) references attempt,
  check (state = 4 or (n > 0 and p50_us is not null and precision_effective is not null and arithmetic is not null)));
create table sample_block (                         -- series of a launch; body is the codec of Measurement, opaque here
  job_id bigint not null, attempt_no int not null, launch_no smallint not null,
  series smallint not null,                         -- 0 call time 1 warm-up window medians; 16.. telemetry
  codec smallint not null, n int not null check (n >= 0), body bytea not null,
  primary key (job_id, attempt_no, launch_no, series),
  foreign key (job_id, attempt_no, launch_no) references launch on delete cascade);
alter table sample_block alter body set storage external;   -- dense already: no second compression attempt
create table measurement (                          -- the one accepted outcome of a job: the primary key says so
  job_id       bigint primary key,                  -- job and device are vouched for by the attempt
  attempt_no   int not null, run_id bigint not null, cell_id int not null references cell, rep smallint not null,
  device_id    int not null, env_id int not null references environment,
  finished_at  timestamptz not null default now(),
  state        smallint not null check (state between 0 and 4), flags bigint not null default 0,
  precision_effective text not null check (length(precision_effective) <= 40), arithmetic smallint not null check (arithmetic between 0 and 2),
  launches     smallint not null default 1 check (launches > 0), n int not null check (n > 0),
  launch_p50_us double precision[] not null, p50_us double precision not null,   -- median of the launch medians
  half_width_rel double precision, min_us double precision not null,
  p90_us double precision, p95_us double precision, p99_us double precision, p999_us double precision,   -- these and sd_us: null = too few samples
  max_us double precision not null, mean_us double precision not null, sd_us double precision,
  rate_per_s double precision,                      -- throughput cells: completed items per second
  energy_uj_per_item double precision, energy_net_uj_per_item double precision, energy_estimated boolean, device_mem_bytes bigint,
  foreign key (job_id, attempt_no) references attempt,
  check (cardinality(launch_p50_us) = launches), check (p50_us > 0 and p50_us < 'infinity'));
create unique index m_run_cell  on measurement (run_id, cell_id, rep);
create index        m_cell_time on measurement (cell_id, finished_at desc);
create table run_cell (                             -- projection: a cell's outcome in a run over its repetitions; the point of trends and tables
  run_id bigint not null references run, cell_id int not null references cell,
  basis int not null,                               -- ended attempts + accepted results it was computed from; it only rises
  complete boolean not null, finished_at timestamptz not null,
  state smallint not null check (state between 0 and 5),                    -- as launch; 5 unsupported
  code text check (length(code) <= 64), flags bigint not null default 0, notes text[] not null default '{}',
  device_id int, env_id int references environment, -- of the first counted launch
  precision_effective text, arithmetic smallint,
  launches smallint not null check (launches >= 0), launches_started smallint not null, attempts smallint not null, n int not null,
  p50_us double precision, ci_low_us double precision, ci_high_us double precision,
  log_sd double precision, within_log_sd double precision, launch_p50_us double precision[] not null,
  min_us double precision, p5_us double precision, p90_us double precision, p95_us double precision, p99_us double precision,
  p99_upper_us double precision, p999_us double precision, max_us double precision, mean_us double precision, sd_us double precision,
  sm_clock_p50_mhz real, rate_per_s double precision, rate_low_per_s double precision, rate_high_per_s double precision,
  launch_rate_per_s double precision[] not null default '{}',   -- throughput cells: of the counted launches
  energy_uj_per_item double precision, energy_net_uj_per_item double precision, device_mem_bytes bigint,
  primary key (run_id, cell_id) include (p50_us, log_sd, launches, state),
  check (cardinality(launch_p50_us) = launches),
  check (launches = 0 or (p50_us is not null and device_id is not null and env_id is not null and precision_effective is not null and arithmetic is not null)),
  check (state > 0 or launches > 0));
create index rc_cell_time on run_cell (cell_id, finished_at desc) include (p50_us, ci_low_us, ci_high_us, run_id, env_id, device_id, state);

-- ---------- noise ----------
create table aa_pair (                              -- sentinel cell measured twice as if different: the noise floor
  run_id bigint not null references run, device_id int not null references device, sentinel text not null,
  log_ratio double precision not null, p double precision not null, finished_at timestamptz not null default now(),
  primary key (run_id, device_id, sentinel));
create index aa_pair_recent on aa_pair (device_id, finished_at desc);

-- ---------- events, side effects, people ----------
create table outbox (                               -- event log: feeds live pages and ETags; ids are the SSE event ids
  outbox_id bigint generated always as identity primary key,
  txid xid8 not null default pg_current_xact_id(),  -- readers stop at pg_snapshot_xmin: ids commit out of order
  plan_id bigint, run_id bigint, kind text not null, body jsonb not null, at timestamptz not null default now());
create index outbox_run  on outbox (run_id, outbox_id);
create index outbox_plan on outbox (plan_id, outbox_id desc);
create table api_token (                            -- 256 random bits, so a plain SHA-256 is enough; the token itself is never stored
  token_id int generated always as identity primary key, name text not null,
  kind smallint not null check (kind in (0, 1)),    -- 0 person or script (fm_…) 1 join token of an agent (fmj_…)
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32), prefix text not null check (length(prefix) <= 12),
  scopes text[] not null, limits jsonb not null default '{}', uses_left int check (uses_left >= 0),
  created_by text not null, created_at timestamptz not null default now(),
  expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz,
  check (kind = 0 or (scopes = '{enroll}' and uses_left is not null and expires_at is not null)));
create unique index api_token_name on api_token (name) where revoked_at is null;
create table audit (
  audit_id bigint generated always as identity primary key, at timestamptz not null default now(),
  actor text not null, action text not null, object text not null, detail jsonb not null default '{}');
create index audit_at_brin on audit using brin (at);
commit;
