using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Fleetmark.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "fleetmark");

            migrationBuilder.CreateSequence(
                name: "job_id_seq",
                schema: "fleetmark");

            migrationBuilder.CreateSequence(
                name: "run_id_seq",
                schema: "fleetmark");

            migrationBuilder.CreateTable(
                name: "agent",
                schema: "fleetmark",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    agent_key = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    labels = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    credential_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    next_credential_sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    process_id = table.Column<Guid>(type: "uuid", nullable: true),
                    incarnation = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0"),
                    session_epoch = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0"),
                    session_silo = table.Column<string>(type: "text", nullable: true),
                    inventory_sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    desired = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    selfcheck = table.Column<string>(type: "jsonb", nullable: true),
                    enrolled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("agent_pkey", x => x.agent_id);
                    table.CheckConstraint("agent_credential_sha256_check", "octet_length(credential_sha256) = 32");
                    table.CheckConstraint("agent_desired_check", "desired in (0, 1)");
                    table.CheckConstraint("agent_next_credential_sha256_check", "octet_length(next_credential_sha256) = 32");
                });

            migrationBuilder.CreateTable(
                name: "audit",
                schema: "fleetmark",
                columns: table => new
                {
                    audit_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    actor = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    @object = table.Column<string>(name: "object", type: "text", nullable: false),
                    detail = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("audit_pkey", x => x.audit_id);
                });

            migrationBuilder.CreateTable(
                name: "cluster_identity",
                schema: "fleetmark",
                columns: table => new
                {
                    one_row = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "true"),
                    cluster_id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    system_identifier = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "(pg_control_system()).system_identifier"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("cluster_identity_pkey", x => x.one_row);
                    table.CheckConstraint("cluster_identity_one_row_check", "one_row");
                });

            migrationBuilder.CreateTable(
                name: "dataset",
                schema: "fleetmark",
                columns: table => new
                {
                    dataset_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    slug = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    n_items = table.Column<int>(type: "integer", nullable: false),
                    n_classes = table.Column<int>(type: "integer", nullable: false),
                    detail = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("dataset_pkey", x => x.dataset_id);
                    table.CheckConstraint("dataset_n_classes_check", "n_classes > 0");
                    table.CheckConstraint("dataset_n_items_check", "n_items > 0");
                    table.CheckConstraint("dataset_sha256_check", "octet_length(sha256) = 32");
                });

            migrationBuilder.CreateTable(
                name: "device_class",
                schema: "fleetmark",
                columns: table => new
                {
                    device_class_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    slug = table.Column<string>(type: "text", nullable: false),
                    vendor = table.Column<string>(type: "text", nullable: false),
                    compute_cap = table.Column<string>(type: "text", nullable: true),
                    memory_mib = table.Column<int>(type: "integer", nullable: true),
                    detail = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("device_class_pkey", x => x.device_class_id);
                });

            migrationBuilder.CreateTable(
                name: "environment",
                schema: "fleetmark",
                columns: table => new
                {
                    env_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    comparable = table.Column<byte[]>(type: "bytea", nullable: false),
                    flavour = table.Column<string>(type: "text", nullable: false),
                    runtime = table.Column<string>(type: "text", nullable: false),
                    runtime_version = table.Column<string>(type: "text", nullable: false),
                    driver = table.Column<string>(type: "text", nullable: true),
                    cuda = table.Column<string>(type: "text", nullable: true),
                    cudnn = table.Column<string>(type: "text", nullable: true),
                    tensorrt = table.Column<string>(type: "text", nullable: true),
                    agent_version = table.Column<string>(type: "text", nullable: false),
                    image_digest = table.Column<string>(type: "text", nullable: true),
                    detail = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("environment_pkey", x => x.env_id);
                    table.CheckConstraint("environment_comparable_check", "octet_length(comparable) = 32");
                    table.CheckConstraint("environment_fingerprint_check", "octet_length(fingerprint) = 32");
                });

            migrationBuilder.CreateTable(
                name: "model",
                schema: "fleetmark",
                columns: table => new
                {
                    model_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    family = table.Column<string>(type: "text", nullable: false),
                    task = table.Column<string>(type: "text", nullable: false, defaultValueSql: "'classification'::text")
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_pkey", x => x.model_id);
                    table.CheckConstraint("model_name_check", "length(name) between 1 and 200");
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "fleetmark",
                columns: table => new
                {
                    outbox_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    txid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    plan_id = table.Column<long>(type: "bigint", nullable: true),
                    run_id = table.Column<long>(type: "bigint", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("outbox_pkey", x => x.outbox_id);
                });

            migrationBuilder.CreateTable(
                name: "plan",
                schema: "fleetmark",
                columns: table => new
                {
                    plan_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    spec = table.Column<string>(type: "jsonb", nullable: false),
                    schema_version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    created_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("plan_pkey", x => x.plan_id);
                    table.CheckConstraint("plan_sha256_check", "octet_length(sha256) = 32");
                });

            migrationBuilder.CreateTable(
                name: "device",
                schema: "fleetmark",
                columns: table => new
                {
                    device_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    device_class_id = table.Column<int>(type: "integer", nullable: false),
                    hw_uuid = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    ordinal = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    memory_mib = table.Column<int>(type: "integer", nullable: true),
                    capabilities = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    simulated = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    health = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    health_reason = table.Column<string>(type: "text", nullable: true),
                    health_by = table.Column<string>(type: "text", nullable: true),
                    health_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    next_canary_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("device_pkey", x => x.device_id);
                    table.CheckConstraint("device_health_check", "health between 0 and 3");
                    table.ForeignKey(
                        name: "device_agent_id_fkey",
                        column: x => x.agent_id,
                        principalSchema: "fleetmark",
                        principalTable: "agent",
                        principalColumn: "agent_id");
                    table.ForeignKey(
                        name: "device_device_class_id_fkey",
                        column: x => x.device_class_id,
                        principalSchema: "fleetmark",
                        principalTable: "device_class",
                        principalColumn: "device_class_id");
                });

            migrationBuilder.CreateTable(
                name: "model_artifact",
                schema: "fleetmark",
                columns: table => new
                {
                    artifact_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    model_id = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    opset = table.Column<int>(type: "integer", nullable: true),
                    size_bytes = table.Column<long>(type: "bigint", nullable: false),
                    @params = table.Column<long>(name: "params", type: "bigint", nullable: true),
                    macs = table.Column<long>(type: "bigint", nullable: true),
                    flops = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'"),
                    io_spec = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_artifact_pkey", x => x.artifact_id);
                    table.CheckConstraint("model_artifact_sha256_check", "octet_length(sha256) = 32");
                    table.CheckConstraint("model_artifact_size_bytes_check", "size_bytes > 0");
                    table.ForeignKey(
                        name: "model_artifact_model_id_fkey",
                        column: x => x.model_id,
                        principalSchema: "fleetmark",
                        principalTable: "model",
                        principalColumn: "model_id");
                });

            migrationBuilder.CreateTable(
                name: "run",
                schema: "fleetmark",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('fleetmark.run_id_seq')"),
                    run_uid = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<long>(type: "bigint", nullable: false),
                    idem_key = table.Column<string>(type: "text", nullable: false),
                    request_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    origin = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    state = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    keep = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "1"),
                    effort = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "1"),
                    owner = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "10"),
                    weight = table.Column<float>(type: "real", nullable: false, defaultValueSql: "1"),
                    order_seed = table.Column<long>(type: "bigint", nullable: false),
                    protocol_version = table.Column<int>(type: "integer", nullable: false),
                    commit_sha = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false")
                },
                constraints: table =>
                {
                    table.PrimaryKey("run_pkey", x => x.run_id);
                    table.CheckConstraint("run_check", "(state in (2, 3, 4, 5)) = (ended_at is not null)");
                    table.CheckConstraint("run_effort_check", "effort between 0 and 2");
                    table.CheckConstraint("run_keep_check", "keep between 0 and 3");
                    table.CheckConstraint("run_origin_check", "origin between 0 and 4");
                    table.CheckConstraint("run_request_sha256_check", "octet_length(request_sha256) = 32");
                    table.CheckConstraint("run_state_check", "state between 0 and 6");
                    table.CheckConstraint("run_weight_check", "weight > 0");
                    table.ForeignKey(
                        name: "run_plan_id_fkey",
                        column: x => x.plan_id,
                        principalSchema: "fleetmark",
                        principalTable: "plan",
                        principalColumn: "plan_id");
                });

            migrationBuilder.CreateTable(
                name: "device_flavour",
                schema: "fleetmark",
                columns: table => new
                {
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    flavour = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'"),
                    probed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("device_flavour_pkey", x => new { x.device_id, x.flavour });
                    table.ForeignKey(
                        name: "device_flavour_device_id_fkey",
                        column: x => x.device_id,
                        principalSchema: "fleetmark",
                        principalTable: "device",
                        principalColumn: "device_id");
                });

            migrationBuilder.CreateTable(
                name: "artifact_chunk",
                schema: "fleetmark",
                columns: table => new
                {
                    artifact_id = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("artifact_chunk_pkey", x => new { x.artifact_id, x.seq });
                    table.CheckConstraint("artifact_chunk_seq_check", "seq >= 0");
                    table.ForeignKey(
                        name: "artifact_chunk_artifact_id_fkey",
                        column: x => x.artifact_id,
                        principalSchema: "fleetmark",
                        principalTable: "model_artifact",
                        principalColumn: "artifact_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "cell",
                schema: "fleetmark",
                columns: table => new
                {
                    cell_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    coord_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    model_id = table.Column<int>(type: "integer", nullable: false),
                    artifact_id = table.Column<int>(type: "integer", nullable: false),
                    device_class_id = table.Column<int>(type: "integer", nullable: false),
                    precision = table.Column<short>(type: "smallint", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    resize_short = table.Column<int>(type: "integer", nullable: false),
                    crop = table.Column<int>(type: "integer", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    flavour = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<short>(type: "smallint", nullable: false),
                    dataset_id = table.Column<int>(type: "integer", nullable: true),
                    profile = table.Column<string>(type: "text", nullable: true),
                    extra = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("cell_pkey", x => x.cell_id);
                    table.CheckConstraint("cell_batch_check", "batch > 0");
                    table.CheckConstraint("cell_check", "(kind = 2) = (dataset_id is not null and profile is not null)");
                    table.CheckConstraint("cell_coord_sha256_check", "octet_length(coord_sha256) = 32");
                    table.CheckConstraint("cell_kind_check", "kind between 0 and 2");
                    table.CheckConstraint("cell_precision_check", "\"precision\" between 0 and 2");
                    table.CheckConstraint("cell_scope_check", "scope between 0 and 2");
                    table.ForeignKey(
                        name: "cell_artifact_id_fkey",
                        column: x => x.artifact_id,
                        principalSchema: "fleetmark",
                        principalTable: "model_artifact",
                        principalColumn: "artifact_id");
                    table.ForeignKey(
                        name: "cell_dataset_id_fkey",
                        column: x => x.dataset_id,
                        principalSchema: "fleetmark",
                        principalTable: "dataset",
                        principalColumn: "dataset_id");
                    table.ForeignKey(
                        name: "cell_device_class_id_fkey",
                        column: x => x.device_class_id,
                        principalSchema: "fleetmark",
                        principalTable: "device_class",
                        principalColumn: "device_class_id");
                    table.ForeignKey(
                        name: "cell_model_id_fkey",
                        column: x => x.model_id,
                        principalSchema: "fleetmark",
                        principalTable: "model",
                        principalColumn: "model_id");
                });

            migrationBuilder.CreateTable(
                name: "job",
                schema: "fleetmark",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('fleetmark.job_id_seq')"),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    cell_id = table.Column<int>(type: "integer", nullable: false),
                    rep = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    shard = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    first_item = table.Column<int>(type: "integer", nullable: true),
                    n_items = table.Column<int>(type: "integer", nullable: true),
                    pool = table.Column<int>(type: "integer", nullable: false),
                    order_key = table.Column<int>(type: "integer", nullable: false),
                    requires = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    min_memory_mib = table.Column<int>(type: "integer", nullable: true),
                    pinned_device = table.Column<int>(type: "integer", nullable: true),
                    excluded_devices = table.Column<int[]>(type: "integer[]", nullable: false, defaultValueSql: "'{}'"),
                    state = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    attempt_no = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    counted = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    max_attempts = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "4"),
                    noise_attempts = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    max_noise = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "2"),
                    last_code = table.Column<string>(type: "text", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("job_pkey", x => x.job_id);
                    table.CheckConstraint("job_check", "(state = 1) = (lease_until is not null)");
                    table.CheckConstraint("job_check1", "(first_item is null) = (n_items is null)");
                    table.CheckConstraint("job_last_code_check", "length(last_code) <= 64");
                    table.CheckConstraint("job_state_check", "state between 0 and 5");
                    table.ForeignKey(
                        name: "job_cell_id_fkey",
                        column: x => x.cell_id,
                        principalSchema: "fleetmark",
                        principalTable: "cell",
                        principalColumn: "cell_id");
                    table.ForeignKey(
                        name: "job_pinned_device_fkey",
                        column: x => x.pinned_device,
                        principalSchema: "fleetmark",
                        principalTable: "device",
                        principalColumn: "device_id");
                    table.ForeignKey(
                        name: "job_pool_fkey",
                        column: x => x.pool,
                        principalSchema: "fleetmark",
                        principalTable: "device_class",
                        principalColumn: "device_class_id");
                    table.ForeignKey(
                        name: "job_run_id_fkey",
                        column: x => x.run_id,
                        principalSchema: "fleetmark",
                        principalTable: "run",
                        principalColumn: "run_id");
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.02)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 500)
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "run_cell",
                schema: "fleetmark",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    cell_id = table.Column<int>(type: "integer", nullable: false),
                    basis = table.Column<int>(type: "integer", nullable: false),
                    complete = table.Column<bool>(type: "boolean", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    flags = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0"),
                    notes = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    device_id = table.Column<int>(type: "integer", nullable: true),
                    env_id = table.Column<int>(type: "integer", nullable: true),
                    precision_effective = table.Column<string>(type: "text", nullable: true),
                    arithmetic = table.Column<short>(type: "smallint", nullable: true),
                    launches = table.Column<short>(type: "smallint", nullable: false),
                    launches_started = table.Column<short>(type: "smallint", nullable: false),
                    attempts = table.Column<short>(type: "smallint", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    p50_us = table.Column<double>(type: "double precision", nullable: true),
                    ci_low_us = table.Column<double>(type: "double precision", nullable: true),
                    ci_high_us = table.Column<double>(type: "double precision", nullable: true),
                    log_sd = table.Column<double>(type: "double precision", nullable: true),
                    within_log_sd = table.Column<double>(type: "double precision", nullable: true),
                    launch_p50_us = table.Column<double[]>(type: "double precision[]", nullable: false),
                    min_us = table.Column<double>(type: "double precision", nullable: true),
                    p5_us = table.Column<double>(type: "double precision", nullable: true),
                    p90_us = table.Column<double>(type: "double precision", nullable: true),
                    p95_us = table.Column<double>(type: "double precision", nullable: true),
                    p99_us = table.Column<double>(type: "double precision", nullable: true),
                    p99_upper_us = table.Column<double>(type: "double precision", nullable: true),
                    p999_us = table.Column<double>(type: "double precision", nullable: true),
                    max_us = table.Column<double>(type: "double precision", nullable: true),
                    mean_us = table.Column<double>(type: "double precision", nullable: true),
                    sd_us = table.Column<double>(type: "double precision", nullable: true),
                    sm_clock_p50_mhz = table.Column<float>(type: "real", nullable: true),
                    rate_per_s = table.Column<double>(type: "double precision", nullable: true),
                    energy_uj_per_item = table.Column<double>(type: "double precision", nullable: true),
                    device_mem_bytes = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("run_cell_pkey", x => new { x.run_id, x.cell_id });
                    table.CheckConstraint("run_cell_check", "cardinality(launch_p50_us) = launches");
                    table.CheckConstraint("run_cell_check1", "launches = 0 or (p50_us is not null and device_id is not null and env_id is not null and precision_effective is not null and arithmetic is not null)");
                    table.CheckConstraint("run_cell_check2", "state > 0 or launches > 0");
                    table.CheckConstraint("run_cell_code_check", "length(code) <= 64");
                    table.CheckConstraint("run_cell_launches_check", "launches >= 0");
                    table.CheckConstraint("run_cell_state_check", "state between 0 and 5");
                    table.ForeignKey(
                        name: "run_cell_cell_id_fkey",
                        column: x => x.cell_id,
                        principalSchema: "fleetmark",
                        principalTable: "cell",
                        principalColumn: "cell_id");
                    table.ForeignKey(
                        name: "run_cell_env_id_fkey",
                        column: x => x.env_id,
                        principalSchema: "fleetmark",
                        principalTable: "environment",
                        principalColumn: "env_id");
                    table.ForeignKey(
                        name: "run_cell_run_id_fkey",
                        column: x => x.run_id,
                        principalSchema: "fleetmark",
                        principalTable: "run",
                        principalColumn: "run_id");
                });

            migrationBuilder.CreateTable(
                name: "attempt",
                schema: "fleetmark",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt_no = table.Column<int>(type: "integer", nullable: false),
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    agent_incarnation = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<short>(type: "smallint", nullable: true),
                    error_code = table.Column<string>(type: "text", nullable: true),
                    error_text = table.Column<string>(type: "text", nullable: true),
                    log_tail = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("attempt_pkey", x => new { x.job_id, x.attempt_no });
                    table.CheckConstraint("attempt_attempt_no_check", "attempt_no > 0");
                    table.CheckConstraint("attempt_check", "(outcome is null) = (ended_at is null)");
                    table.CheckConstraint("attempt_error_code_check", "length(error_code) <= 64");
                    table.CheckConstraint("attempt_error_text_check", "length(error_text) <= 4096");
                    table.CheckConstraint("attempt_log_tail_check", "length(log_tail) <= 262144");
                    table.CheckConstraint("attempt_outcome_check", "outcome between 0 and 5");
                    table.ForeignKey(
                        name: "attempt_device_id_fkey",
                        column: x => x.device_id,
                        principalSchema: "fleetmark",
                        principalTable: "device",
                        principalColumn: "device_id");
                    table.ForeignKey(
                        name: "attempt_job_id_fkey",
                        column: x => x.job_id,
                        principalSchema: "fleetmark",
                        principalTable: "job",
                        principalColumn: "job_id");
                });

            migrationBuilder.CreateTable(
                name: "launch",
                schema: "fleetmark",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt_no = table.Column<int>(type: "integer", nullable: false),
                    launch_no = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    env_id = table.Column<int>(type: "integer", nullable: false),
                    agent_started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    flags = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0"),
                    notes = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    error_code = table.Column<string>(type: "text", nullable: true),
                    precision_effective = table.Column<string>(type: "text", nullable: true),
                    arithmetic = table.Column<short>(type: "smallint", nullable: true),
                    output_sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    engine_cache = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "0"),
                    load_ms = table.Column<double>(type: "double precision", nullable: true),
                    first_ms = table.Column<double>(type: "double precision", nullable: true),
                    warmup_ms = table.Column<double>(type: "double precision", nullable: true),
                    sampling_ms = table.Column<double>(type: "double precision", nullable: true),
                    warmup_calls = table.Column<int>(type: "integer", nullable: true),
                    steady = table.Column<bool>(type: "boolean", nullable: true),
                    timer_floor_ns = table.Column<double>(type: "double precision", nullable: true),
                    calls_per_sample = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "1"),
                    n = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    min_us = table.Column<double>(type: "double precision", nullable: true),
                    p5_us = table.Column<double>(type: "double precision", nullable: true),
                    p50_us = table.Column<double>(type: "double precision", nullable: true),
                    p90_us = table.Column<double>(type: "double precision", nullable: true),
                    p95_us = table.Column<double>(type: "double precision", nullable: true),
                    p99_us = table.Column<double>(type: "double precision", nullable: true),
                    p999_us = table.Column<double>(type: "double precision", nullable: true),
                    max_us = table.Column<double>(type: "double precision", nullable: true),
                    mean_us = table.Column<double>(type: "double precision", nullable: true),
                    sd_us = table.Column<double>(type: "double precision", nullable: true),
                    mad_us = table.Column<double>(type: "double precision", nullable: true),
                    iqr_us = table.Column<double>(type: "double precision", nullable: true),
                    half_width_rel = table.Column<double>(type: "double precision", nullable: true),
                    target_rel = table.Column<double>(type: "double precision", nullable: true),
                    lag1 = table.Column<double>(type: "double precision", nullable: true),
                    outliers = table.Column<int>(type: "integer", nullable: true),
                    block_p50_us = table.Column<double[]>(type: "double precision[]", nullable: true),
                    modes_us = table.Column<double[]>(type: "double precision[]", nullable: true),
                    gc_count = table.Column<int>(type: "integer", nullable: true),
                    gc_pause_us = table.Column<double>(type: "double precision", nullable: true),
                    steal_rel = table.Column<double>(type: "double precision", nullable: true),
                    sm_clock_p10_mhz = table.Column<float>(type: "real", nullable: true),
                    sm_clock_p50_mhz = table.Column<float>(type: "real", nullable: true),
                    temp_start_c = table.Column<float>(type: "real", nullable: true),
                    temp_max_c = table.Column<float>(type: "real", nullable: true),
                    power_mean_w = table.Column<float>(type: "real", nullable: true),
                    violation_us = table.Column<double>(type: "double precision", nullable: true),
                    clock_event_bits = table.Column<long>(type: "bigint", nullable: true),
                    energy_mj = table.Column<long>(type: "bigint", nullable: true),
                    energy_estimated = table.Column<bool>(type: "boolean", nullable: true),
                    device_mem_bytes = table.Column<long>(type: "bigint", nullable: true),
                    result = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("launch_pkey", x => new { x.job_id, x.attempt_no, x.launch_no });
                    table.CheckConstraint("launch_arithmetic_check", "arithmetic between 0 and 2");
                    table.CheckConstraint("launch_calls_per_sample_check", "calls_per_sample > 0");
                    table.CheckConstraint("launch_check", "state = 4 or (n > 0 and p50_us is not null and precision_effective is not null and arithmetic is not null)");
                    table.CheckConstraint("launch_engine_cache_check", "engine_cache between 0 and 2");
                    table.CheckConstraint("launch_error_code_check", "length(error_code) <= 64");
                    table.CheckConstraint("launch_launch_no_check", "launch_no >= 0");
                    table.CheckConstraint("launch_precision_effective_check", "length(precision_effective) <= 40");
                    table.CheckConstraint("launch_state_check", "state between 0 and 4");
                    table.ForeignKey(
                        name: "launch_env_id_fkey",
                        column: x => x.env_id,
                        principalSchema: "fleetmark",
                        principalTable: "environment",
                        principalColumn: "env_id");
                    table.ForeignKey(
                        name: "launch_job_id_attempt_no_fkey",
                        columns: x => new { x.job_id, x.attempt_no },
                        principalSchema: "fleetmark",
                        principalTable: "attempt",
                        principalColumns: new[] { "job_id", "attempt_no" });
                });

            migrationBuilder.CreateTable(
                name: "measurement",
                schema: "fleetmark",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt_no = table.Column<int>(type: "integer", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    cell_id = table.Column<int>(type: "integer", nullable: false),
                    rep = table.Column<short>(type: "smallint", nullable: false),
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    env_id = table.Column<int>(type: "integer", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    flags = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0"),
                    precision_effective = table.Column<string>(type: "text", nullable: false),
                    arithmetic = table.Column<short>(type: "smallint", nullable: false),
                    launches = table.Column<short>(type: "smallint", nullable: false, defaultValueSql: "1"),
                    n = table.Column<int>(type: "integer", nullable: false),
                    launch_p50_us = table.Column<double[]>(type: "double precision[]", nullable: false),
                    p50_us = table.Column<double>(type: "double precision", nullable: false),
                    half_width_rel = table.Column<double>(type: "double precision", nullable: true),
                    min_us = table.Column<double>(type: "double precision", nullable: false),
                    p90_us = table.Column<double>(type: "double precision", nullable: true),
                    p95_us = table.Column<double>(type: "double precision", nullable: true),
                    p99_us = table.Column<double>(type: "double precision", nullable: true),
                    p999_us = table.Column<double>(type: "double precision", nullable: true),
                    max_us = table.Column<double>(type: "double precision", nullable: false),
                    mean_us = table.Column<double>(type: "double precision", nullable: false),
                    sd_us = table.Column<double>(type: "double precision", nullable: true),
                    rate_per_s = table.Column<double>(type: "double precision", nullable: true),
                    energy_uj_per_item = table.Column<double>(type: "double precision", nullable: true),
                    energy_estimated = table.Column<bool>(type: "boolean", nullable: true),
                    device_mem_bytes = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("measurement_pkey", x => x.job_id);
                    table.CheckConstraint("measurement_arithmetic_check", "arithmetic between 0 and 2");
                    table.CheckConstraint("measurement_check", "cardinality(launch_p50_us) = launches");
                    table.CheckConstraint("measurement_launches_check", "launches > 0");
                    table.CheckConstraint("measurement_n_check", "n > 0");
                    table.CheckConstraint("measurement_p50_us_check", "p50_us > 0 and p50_us < 'infinity'");
                    table.CheckConstraint("measurement_precision_effective_check", "length(precision_effective) <= 40");
                    table.CheckConstraint("measurement_state_check", "state between 0 and 4");
                    table.ForeignKey(
                        name: "measurement_cell_id_fkey",
                        column: x => x.cell_id,
                        principalSchema: "fleetmark",
                        principalTable: "cell",
                        principalColumn: "cell_id");
                    table.ForeignKey(
                        name: "measurement_env_id_fkey",
                        column: x => x.env_id,
                        principalSchema: "fleetmark",
                        principalTable: "environment",
                        principalColumn: "env_id");
                    table.ForeignKey(
                        name: "measurement_job_id_attempt_no_fkey",
                        columns: x => new { x.job_id, x.attempt_no },
                        principalSchema: "fleetmark",
                        principalTable: "attempt",
                        principalColumns: new[] { "job_id", "attempt_no" });
                });

            migrationBuilder.CreateTable(
                name: "sample_block",
                schema: "fleetmark",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt_no = table.Column<int>(type: "integer", nullable: false),
                    launch_no = table.Column<short>(type: "smallint", nullable: false),
                    series = table.Column<short>(type: "smallint", nullable: false),
                    codec = table.Column<short>(type: "smallint", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("sample_block_pkey", x => new { x.job_id, x.attempt_no, x.launch_no, x.series });
                    table.CheckConstraint("sample_block_n_check", "n >= 0");
                    table.ForeignKey(
                        name: "sample_block_job_id_attempt_no_launch_no_fkey",
                        columns: x => new { x.job_id, x.attempt_no, x.launch_no },
                        principalSchema: "fleetmark",
                        principalTable: "launch",
                        principalColumns: new[] { "job_id", "attempt_no", "launch_no" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "agent_agent_key_key",
                schema: "fleetmark",
                table: "agent",
                column: "agent_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "agent_credential_sha256_key",
                schema: "fleetmark",
                table: "agent",
                column: "credential_sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "agent_name_key",
                schema: "fleetmark",
                table: "agent",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "agent_next_credential_sha256_key",
                schema: "fleetmark",
                table: "agent",
                column: "next_credential_sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "attempt_device",
                schema: "fleetmark",
                table: "attempt",
                columns: new[] { "device_id", "started_at" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "attempt_started",
                schema: "fleetmark",
                table: "attempt",
                column: "started_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "one_device_one_lease",
                schema: "fleetmark",
                table: "attempt",
                column: "device_id",
                unique: true,
                filter: "outcome is null");

            migrationBuilder.CreateIndex(
                name: "audit_at_brin",
                schema: "fleetmark",
                table: "audit",
                column: "at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "cell_coord_sha256_key",
                schema: "fleetmark",
                table: "cell",
                column: "coord_sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "cell_model",
                schema: "fleetmark",
                table: "cell",
                columns: new[] { "model_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "cell_pivot",
                schema: "fleetmark",
                table: "cell",
                columns: new[] { "device_class_id", "kind", "precision", "model_id", "batch" });

            migrationBuilder.CreateIndex(
                name: "dataset_sha256_key",
                schema: "fleetmark",
                table: "dataset",
                column: "sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "device_agent",
                schema: "fleetmark",
                table: "device",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "device_hw_uuid_key",
                schema: "fleetmark",
                table: "device",
                column: "hw_uuid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "device_class_slug_key",
                schema: "fleetmark",
                table: "device_class",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "environment_fingerprint_key",
                schema: "fleetmark",
                table: "environment",
                column: "fingerprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "job_leased",
                schema: "fleetmark",
                table: "job",
                column: "job_id",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "job_ready",
                schema: "fleetmark",
                table: "job",
                columns: new[] { "pool", "run_id", "order_key" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "job_run",
                schema: "fleetmark",
                table: "job",
                columns: new[] { "run_id", "state" });

            migrationBuilder.CreateIndex(
                name: "job_run_id_cell_id_rep_shard_key",
                schema: "fleetmark",
                table: "job",
                columns: new[] { "run_id", "cell_id", "rep", "shard" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "m_cell_time",
                schema: "fleetmark",
                table: "measurement",
                columns: new[] { "cell_id", "finished_at" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "m_run_cell",
                schema: "fleetmark",
                table: "measurement",
                columns: new[] { "run_id", "cell_id", "rep" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "model_name_key",
                schema: "fleetmark",
                table: "model",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "model_artifact_model",
                schema: "fleetmark",
                table: "model_artifact",
                column: "model_id");

            migrationBuilder.CreateIndex(
                name: "model_artifact_sha256_key",
                schema: "fleetmark",
                table: "model_artifact",
                column: "sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "outbox_plan",
                schema: "fleetmark",
                table: "outbox",
                columns: new[] { "plan_id", "outbox_id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "outbox_run",
                schema: "fleetmark",
                table: "outbox",
                columns: new[] { "run_id", "outbox_id" });

            migrationBuilder.CreateIndex(
                name: "plan_name_sha256_key",
                schema: "fleetmark",
                table: "plan",
                columns: new[] { "name", "sha256" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "run_commit",
                schema: "fleetmark",
                table: "run",
                column: "commit_sha",
                filter: "commit_sha is not null")
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "run_idem_key_key",
                schema: "fleetmark",
                table: "run",
                column: "idem_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "run_open",
                schema: "fleetmark",
                table: "run",
                column: "run_id",
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "run_plan",
                schema: "fleetmark",
                table: "run",
                columns: new[] { "plan_id", "run_id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "run_run_uid_key",
                schema: "fleetmark",
                table: "run",
                column: "run_uid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "run_submitted",
                schema: "fleetmark",
                table: "run",
                columns: new[] { "submitted_at", "run_id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "run_tags_gin",
                schema: "fleetmark",
                table: "run",
                column: "tags")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "rc_cell_time",
                schema: "fleetmark",
                table: "run_cell",
                columns: new[] { "cell_id", "finished_at" },
                descending: new[] { false, true })
                .Annotation("Npgsql:IndexInclude", new[] { "p50_us", "ci_low_us", "ci_high_us", "run_id", "env_id", "device_id", "state" });

            // What the provider has no words for.
            migrationBuilder.Sql("""
                alter sequence fleetmark.run_id_seq owned by fleetmark.run.run_id;
                alter sequence fleetmark.job_id_seq owned by fleetmark.job.job_id;
                alter table fleetmark.artifact_chunk alter body set storage external;
                alter table fleetmark.sample_block alter body set storage external;
                alter table fleetmark.run_cell drop constraint run_cell_pkey,
                  add constraint run_cell_pkey primary key (run_id, cell_id) include (p50_us, log_sd, launches, state);
                insert into fleetmark.cluster_identity default values;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Owned sequences would go with their tables and be missing below.
            migrationBuilder.Sql("""
                alter sequence fleetmark.run_id_seq owned by none;
                alter table fleetmark.run alter run_id drop default;
                alter sequence fleetmark.job_id_seq owned by none;
                alter table fleetmark.job alter job_id drop default;
                """);

            migrationBuilder.DropTable(
                name: "artifact_chunk",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "audit",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "cluster_identity",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "device_flavour",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "measurement",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "run_cell",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "sample_block",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "launch",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "environment",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "attempt",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "job",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "cell",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "device",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "run",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "model_artifact",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "dataset",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "agent",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "device_class",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "plan",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "model",
                schema: "fleetmark");

            migrationBuilder.DropSequence(
                name: "job_id_seq",
                schema: "fleetmark");

            migrationBuilder.DropSequence(
                name: "run_id_seq",
                schema: "fleetmark");
        }
    }
}
