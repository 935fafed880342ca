using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Tokens;

/// <summary>Columns, constraints and indexes of table <c>api_token</c>.</summary>
internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiTokenRow>
{
    public void Configure(EntityTypeBuilder<ApiTokenRow> row)
    {
        row.ToTable("api_token", table =>
        {
            table.HasCheckConstraint("api_token_check", "kind = 0 or (scopes = '{enroll}' and uses_left is not null and expires_at is not null)");
            table.HasCheckConstraint("api_token_kind_check", "kind in (0, 1)");
            table.HasCheckConstraint("api_token_prefix_check", "length(prefix) <= 12");
            table.HasCheckConstraint("api_token_token_sha256_check", "octet_length(token_sha256) = 32");
            table.HasCheckConstraint("api_token_uses_left_check", "uses_left >= 0");
        });
        row.HasKey(r => r.TokenId).HasName("api_token_pkey");
        row.Property(r => r.TokenId).HasColumnName("token_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.Name).HasColumnName("name").HasColumnType("text");
        row.Property(r => r.Kind).HasColumnName("kind").HasColumnType("smallint");
        row.Property(r => r.TokenSha256).HasColumnName("token_sha256").HasColumnType("bytea");
        row.Property(r => r.Prefix).HasColumnName("prefix").HasColumnType("text");
        row.Property(r => r.Scopes).HasColumnName("scopes").HasColumnType("text[]");
        row.Property(r => r.Limits).HasColumnName("limits").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.Property(r => r.UsesLeft).HasColumnName("uses_left").HasColumnType("integer");
        row.Property(r => r.CreatedBy).HasColumnName("created_by").HasColumnType("text");
        row.Property(r => r.CreatedAt).HasColumnName("created_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.ExpiresAt).HasColumnName("expires_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.LastUsedAt).HasColumnName("last_used_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.RevokedAt).HasColumnName("revoked_at").HasColumnType("timestamp with time zone");
        row.HasIndex(r => r.TokenSha256).IsUnique().HasDatabaseName("api_token_token_sha256_key");
        row.HasIndex(r => r.Name).IsUnique().HasFilter("revoked_at is null").HasDatabaseName("api_token_name");
    }
}
