using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Events;

/// <summary>Columns, constraints and indexes of table <c>audit</c>.</summary>
internal sealed class AuditMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> row)
    {
        row.ToTable("audit");
        row.HasKey(r => r.AuditId).HasName("audit_pkey");
        row.Property(r => r.AuditId).HasColumnName("audit_id").HasColumnType("bigint").UseIdentityAlwaysColumn();
        row.Property(r => r.At).HasColumnName("at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.Actor).HasColumnName("actor").HasColumnType("text");
        row.Property(r => r.Action).HasColumnName("action").HasColumnType("text");
        row.Property(r => r.Object).HasColumnName("object").HasColumnType("text");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.HasIndex(r => r.At, "audit_at_brin").HasMethod("brin");
    }
}
