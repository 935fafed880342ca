using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Fleetmark.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ApiTokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_token",
                schema: "fleetmark",
                columns: table => new
                {
                    token_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    token_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    limits = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'"),
                    uses_left = table.Column<int>(type: "integer", nullable: true),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("api_token_pkey", x => x.token_id);
                    table.CheckConstraint("api_token_check", "kind = 0 or (scopes = '{enroll}' and uses_left is not null and expires_at is not null)");
                    table.CheckConstraint("api_token_kind_check", "kind in (0, 1)");
                    table.CheckConstraint("api_token_prefix_check", "length(prefix) <= 12");
                    table.CheckConstraint("api_token_token_sha256_check", "octet_length(token_sha256) = 32");
                    table.CheckConstraint("api_token_uses_left_check", "uses_left >= 0");
                });

            migrationBuilder.CreateIndex(
                name: "api_token_name",
                schema: "fleetmark",
                table: "api_token",
                column: "name",
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "api_token_token_sha256_key",
                schema: "fleetmark",
                table: "api_token",
                column: "token_sha256",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_token",
                schema: "fleetmark");
        }
    }
}
