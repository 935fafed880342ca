using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Fleet;

/// <summary>Columns, constraints and indexes of table <c>agent</c>.</summary>
internal sealed class AgentMapping : IEntityTypeConfiguration<AgentRow>
{
    public void Configure(EntityTypeBuilder<AgentRow> row)
    {
        row.ToTable("agent", table =>
        {
            table.HasCheckConstraint("agent_credential_sha256_check", "octet_length(credential_sha256) = 32");
            table.HasCheckConstraint("agent_desired_check", "desired in (0, 1)");
            table.HasCheckConstraint("agent_next_credential_sha256_check", "octet_length(next_credential_sha256) = 32");
        });
        row.HasKey(r => r.AgentId).HasName("agent_pkey");
        row.Property(r => r.AgentId).HasColumnName("agent_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.AgentKey).HasColumnName("agent_key").HasColumnType("uuid");
        row.Property(r => r.Name).HasColumnName("name").HasColumnType("text");
        row.Property(r => r.Host).HasColumnName("host").HasColumnType("text");
        row.Property(r => r.Version).HasColumnName("version").HasColumnType("text");
        row.Property(r => r.Labels).HasColumnName("labels").HasColumnType("text[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.CredentialSha256).HasColumnName("credential_sha256").HasColumnType("bytea");
        row.Property(r => r.NextCredentialSha256).HasColumnName("next_credential_sha256").HasColumnType("bytea");
        row.Property(r => r.ProcessId).HasColumnName("process_id").HasColumnType("uuid");
        row.Property(r => r.Incarnation).HasColumnName("incarnation").HasColumnType("bigint").HasDefaultValueSql("0");
        row.Property(r => r.SessionEpoch).HasColumnName("session_epoch").HasColumnType("bigint").HasDefaultValueSql("0");
        row.Property(r => r.SessionSilo).HasColumnName("session_silo").HasColumnType("text");
        row.Property(r => r.InventorySha256).HasColumnName("inventory_sha256").HasColumnType("bytea");
        row.Property(r => r.Desired).HasColumnName("desired").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.Selfcheck).HasColumnName("selfcheck").HasColumnType("jsonb");
        row.Property(r => r.EnrolledAt).HasColumnName("enrolled_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.LastSeenAt).HasColumnName("last_seen_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.RevokedAt).HasColumnName("revoked_at").HasColumnType("timestamp with time zone");
        row.HasIndex(r => r.AgentKey).IsUnique().HasDatabaseName("agent_agent_key_key");
        row.HasIndex(r => r.CredentialSha256).IsUnique().HasDatabaseName("agent_credential_sha256_key");
        row.HasIndex(r => r.Name).IsUnique().HasDatabaseName("agent_name_key");
        row.HasIndex(r => r.NextCredentialSha256).IsUnique().HasDatabaseName("agent_next_credential_sha256_key");
    }
}
