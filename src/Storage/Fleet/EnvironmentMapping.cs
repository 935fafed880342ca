using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Fleet;

/// <summary>Columns, constraints and indexes of table <c>environment</c>.</summary>
internal sealed class EnvironmentMapping : IEntityTypeConfiguration<EnvironmentRow>
{
    public void Configure(EntityTypeBuilder<EnvironmentRow> row)
    {
        row.ToTable("environment", table =>
        {
            table.HasCheckConstraint("environment_comparable_check", "octet_length(comparable) = 32");
            table.HasCheckConstraint("environment_fingerprint_check", "octet_length(fingerprint) = 32");
        });
        row.HasKey(r => r.EnvironmentId).HasName("environment_pkey");
        row.Property(r => r.EnvironmentId).HasColumnName("env_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.Fingerprint).HasColumnName("fingerprint").HasColumnType("bytea");
        row.Property(r => r.Comparable).HasColumnName("comparable").HasColumnType("bytea");
        row.Property(r => r.Flavour).HasColumnName("flavour").HasColumnType("text");
        row.Property(r => r.Runtime).HasColumnName("runtime").HasColumnType("text");
        row.Property(r => r.RuntimeVersion).HasColumnName("runtime_version").HasColumnType("text");
        row.Property(r => r.Driver).HasColumnName("driver").HasColumnType("text");
        row.Property(r => r.Cuda).HasColumnName("cuda").HasColumnType("text");
        row.Property(r => r.Cudnn).HasColumnName("cudnn").HasColumnType("text");
        row.Property(r => r.Tensorrt).HasColumnName("tensorrt").HasColumnType("text");
        row.Property(r => r.AgentVersion).HasColumnName("agent_version").HasColumnType("text");
        row.Property(r => r.ImageDigest).HasColumnName("image_digest").HasColumnType("text");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb");
        row.HasIndex(r => r.Fingerprint).IsUnique().HasDatabaseName("environment_fingerprint_key");
    }
}
