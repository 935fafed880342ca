using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Databases;

/// <summary>Columns, constraints and indexes of table <c>cluster_identity</c>.</summary>
internal sealed class ClusterIdentityMapping : IEntityTypeConfiguration<ClusterIdentityRow>
{
    public void Configure(EntityTypeBuilder<ClusterIdentityRow> row)
    {
        row.ToTable("cluster_identity", table =>
        {
            table.HasCheckConstraint("cluster_identity_one_row_check", "one_row");
        });
        row.HasKey(r => r.OneRow).HasName("cluster_identity_pkey");
        row.Property(r => r.OneRow).HasColumnName("one_row").HasColumnType("boolean").HasDefaultValueSql("true");
        row.Property(r => r.ClusterId).HasColumnName("cluster_id").HasColumnType("uuid").HasDefaultValueSql("gen_random_uuid()");
        row.Property(r => r.SystemIdentifier).HasColumnName("system_identifier").HasColumnType("bigint").HasDefaultValueSql("(pg_control_system()).system_identifier");
        row.Property(r => r.CreatedAt).HasColumnName("created_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
    }
}
