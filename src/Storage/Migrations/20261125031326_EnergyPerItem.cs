using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fleetmark.Storage.Migrations
{
    /// <inheritdoc />
    public partial class EnergyPerItem : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "energy_net_uj_per_item",
                schema: "fleetmark",
                table: "run_cell",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "energy_net_uj_per_item",
                schema: "fleetmark",
                table: "measurement",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "energy_net_uj_per_item",
                schema: "fleetmark",
                table: "launch",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "energy_seconds",
                schema: "fleetmark",
                table: "launch",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "energy_uj_per_item",
                schema: "fleetmark",
                table: "launch",
                type: "double precision",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "energy_net_uj_per_item",
                schema: "fleetmark",
                table: "run_cell");

            migrationBuilder.DropColumn(
                name: "energy_net_uj_per_item",
                schema: "fleetmark",
                table: "measurement");

            migrationBuilder.DropColumn(
                name: "energy_net_uj_per_item",
                schema: "fleetmark",
                table: "launch");

            migrationBuilder.DropColumn(
                name: "energy_seconds",
                schema: "fleetmark",
                table: "launch");

            migrationBuilder.DropColumn(
                name: "energy_uj_per_item",
                schema: "fleetmark",
                table: "launch");
        }
    }
}
