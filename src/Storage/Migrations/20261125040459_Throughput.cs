using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fleetmark.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Throughput : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double[]>(
                name: "launch_rate_per_s",
                schema: "fleetmark",
                table: "run_cell",
                type: "double precision[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<double>(
                name: "rate_high_per_s",
                schema: "fleetmark",
                table: "run_cell",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "rate_low_per_s",
                schema: "fleetmark",
                table: "run_cell",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "rate_per_s",
                schema: "fleetmark",
                table: "launch",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "launch_rate_per_s_check",
                schema: "fleetmark",
                table: "launch",
                sql: "rate_per_s > 0 and rate_per_s < 'infinity'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "launch_rate_per_s_check",
                schema: "fleetmark",
                table: "launch");

            migrationBuilder.DropColumn(
                name: "launch_rate_per_s",
                schema: "fleetmark",
                table: "run_cell");

            migrationBuilder.DropColumn(
                name: "rate_high_per_s",
                schema: "fleetmark",
                table: "run_cell");

            migrationBuilder.DropColumn(
                name: "rate_low_per_s",
                schema: "fleetmark",
                table: "run_cell");

            migrationBuilder.DropColumn(
                name: "rate_per_s",
                schema: "fleetmark",
                table: "launch");
        }
    }
}
