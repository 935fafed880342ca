using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Plans;

/// <summary>Columns, constraints and indexes of table <c>plan</c>.</summary>
internal sealed class PlanMapping : IEntityTypeConfiguration<PlanRow>
{
    public void Configure(EntityTypeBuilder<PlanRow> row)
    {
        row.ToTable("plan", table =>
        {
            table.HasCheckConstraint("plan_sha256_check", "octet_length(sha256) = 32");
        });
        row.HasKey(r => r.PlanId).HasName("plan_pkey");
        row.Property(r => r.PlanId).HasColumnName("plan_id").HasColumnType("bigint").UseIdentityAlwaysColumn();
        row.Property(r => r.Name).HasColumnName("name").HasColumnType("text");
        row.Property(r => r.Sha256).HasColumnName("sha256").HasColumnType("bytea");
        row.Property(r => r.Source).HasColumnName("source").HasColumnType("text");
        row.Property(r => r.Spec).HasColumnName("spec").HasColumnType("jsonb");
        row.Property(r => r.SchemaVersion).HasColumnName("schema_version").HasColumnType("integer");
        row.Property(r => r.CreatedAt).HasColumnName("created_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.CreatedBy).HasColumnName("created_by").HasColumnType("text");
        row.HasIndex(r => new { r.Name, r.Sha256 }).IsUnique().HasDatabaseName("plan_name_sha256_key");
    }
}
