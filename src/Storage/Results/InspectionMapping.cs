using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Results;

/// <summary>Columns and constraints of table <c>inspection</c>.</summary>
internal sealed class InspectionMapping : IEntityTypeConfiguration<InspectionRow>
{
    public void Configure(EntityTypeBuilder<InspectionRow> row)
    {
        row.ToTable("inspection", table => table.HasCheckConstraint("inspection_graph_sha256_check", "octet_length(graph_sha256) = 32"));
        row.HasKey(r => new { r.ArtifactId, r.Precision, r.Provider, r.Flavour, r.DeviceClassId }).HasName("inspection_pkey");
        row.Property(r => r.ArtifactId).HasColumnName("artifact_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.Precision).HasColumnName("precision").HasColumnType("smallint").HasConversion<short>().ValueGeneratedNever();
        row.Property(r => r.Provider).HasColumnName("provider").HasColumnType("text").ValueGeneratedNever();
        row.Property(r => r.Flavour).HasColumnName("flavour").HasColumnType("text").ValueGeneratedNever();
        row.Property(r => r.DeviceClassId).HasColumnName("device_class_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.GraphSha256).HasColumnName("graph_sha256").HasColumnType("bytea");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb");
        row.Property(r => r.InspectedAt).HasColumnName("inspected_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.HasOne<ModelArtifactRow>().WithMany().HasForeignKey(r => r.ArtifactId).HasConstraintName("inspection_artifact_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DeviceClassRow>().WithMany().HasForeignKey(r => r.DeviceClassId).HasConstraintName("inspection_device_class_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
