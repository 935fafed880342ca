using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fleetmark.Storage.Migrations
{
    /// <inheritdoc />
    public partial class MeasurementEvidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "aa_pair",
                schema: "fleetmark",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    sentinel = table.Column<string>(type: "text", nullable: false),
                    log_ratio = table.Column<double>(type: "double precision", nullable: false),
                    p = table.Column<double>(type: "double precision", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("aa_pair_pkey", x => new { x.run_id, x.device_id, x.sentinel });
                    table.ForeignKey(
                        name: "aa_pair_device_id_fkey",
                        column: x => x.device_id,
                        principalSchema: "fleetmark",
                        principalTable: "device",
                        principalColumn: "device_id");
                    table.ForeignKey(
                        name: "aa_pair_run_id_fkey",
                        column: x => x.run_id,
                        principalSchema: "fleetmark",
                        principalTable: "run",
                        principalColumn: "run_id");
                });

            migrationBuilder.CreateTable(
                name: "device_calibration",
                schema: "fleetmark",
                columns: table => new
                {
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    measured_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    sm_clock_mhz = table.Column<float>(type: "real", nullable: true),
                    p50_us = table.Column<double>(type: "double precision", nullable: true),
                    power_w = table.Column<float>(type: "real", nullable: true),
                    temp_c = table.Column<float>(type: "real", nullable: true),
                    detail = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("device_calibration_pkey", x => new { x.device_id, x.measured_at });
                    table.ForeignKey(
                        name: "device_calibration_device_id_fkey",
                        column: x => x.device_id,
                        principalSchema: "fleetmark",
                        principalTable: "device",
                        principalColumn: "device_id");
                });

            migrationBuilder.CreateTable(
                name: "inspection",
                schema: "fleetmark",
                columns: table => new
                {
                    artifact_id = table.Column<int>(type: "integer", nullable: false),
                    precision = table.Column<short>(type: "smallint", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    flavour = table.Column<string>(type: "text", nullable: false),
                    device_class_id = table.Column<int>(type: "integer", nullable: false),
                    graph_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    detail = table.Column<string>(type: "jsonb", nullable: false),
                    inspected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("inspection_pkey", x => new { x.artifact_id, x.precision, x.provider, x.flavour, x.device_class_id });
                    table.CheckConstraint("inspection_graph_sha256_check", "octet_length(graph_sha256) = 32");
                    table.ForeignKey(
                        name: "inspection_artifact_id_fkey",
                        column: x => x.artifact_id,
                        principalSchema: "fleetmark",
                        principalTable: "model_artifact",
                        principalColumn: "artifact_id");
                    table.ForeignKey(
                        name: "inspection_device_class_id_fkey",
                        column: x => x.device_class_id,
                        principalSchema: "fleetmark",
                        principalTable: "device_class",
                        principalColumn: "device_class_id");
                });

            migrationBuilder.CreateIndex(
                name: "aa_pair_recent",
                schema: "fleetmark",
                table: "aa_pair",
                columns: new[] { "device_id", "finished_at" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aa_pair",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "device_calibration",
                schema: "fleetmark");

            migrationBuilder.DropTable(
                name: "inspection",
                schema: "fleetmark");
        }
    }
}
