using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Cells;

/// <summary>Columns, constraints and indexes of table <c>cell</c>.</summary>
internal sealed class CellMapping : IEntityTypeConfiguration<CellRow>
{
    public void Configure(EntityTypeBuilder<CellRow> row)
    {
        row.ToTable("cell", table =>
        {
            table.HasCheckConstraint("cell_batch_check", "batch > 0");
            table.HasCheckConstraint("cell_check", "(kind = 2) = (dataset_id is not null and profile is not null)");
            table.HasCheckConstraint("cell_coord_sha256_check", "octet_length(coord_sha256) = 32");
            table.HasCheckConstraint("cell_kind_check", "kind between 0 and 2");
            table.HasCheckConstraint("cell_precision_check", "\"precision\" between 0 and 2");
            table.HasCheckConstraint("cell_scope_check", "scope between 0 and 2");
        });
        row.HasKey(r => r.CellId).HasName("cell_pkey");
        row.Property(r => r.CellId).HasColumnName("cell_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.CoordinateSha256).HasColumnName("coord_sha256").HasColumnType("bytea");
        row.Property(r => r.Kind).HasColumnName("kind").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.ModelId).HasColumnName("model_id").HasColumnType("integer");
        row.Property(r => r.ArtifactId).HasColumnName("artifact_id").HasColumnType("integer");
        row.Property(r => r.DeviceClassId).HasColumnName("device_class_id").HasColumnType("integer");
        row.Property(r => r.Precision).HasColumnName("precision").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.Batch).HasColumnName("batch").HasColumnType("integer");
        row.Property(r => r.ResizeShort).HasColumnName("resize_short").HasColumnType("integer");
        row.Property(r => r.Crop).HasColumnName("crop").HasColumnType("integer");
        row.Property(r => r.Provider).HasColumnName("provider").HasColumnType("text");
        row.Property(r => r.Flavour).HasColumnName("flavour").HasColumnType("text");
        row.Property(r => r.Scope).HasColumnName("scope").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.DatasetId).HasColumnName("dataset_id").HasColumnType("integer");
        row.Property(r => r.Profile).HasColumnName("profile").HasColumnType("text");
        row.Property(r => r.Extra).HasColumnName("extra").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.HasIndex(r => r.CoordinateSha256).IsUnique().HasDatabaseName("cell_coord_sha256_key");
        row.HasIndex(r => new { r.ModelId, r.Kind }, "cell_model");
        row.HasIndex(r => new { r.DeviceClassId, r.Kind, r.Precision, r.ModelId, r.Batch }, "cell_pivot");
        row.HasOne<ModelArtifactRow>().WithMany().HasForeignKey(r => r.ArtifactId).HasConstraintName("cell_artifact_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DatasetRow>().WithMany().HasForeignKey(r => r.DatasetId).HasConstraintName("cell_dataset_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DeviceClassRow>().WithMany().HasForeignKey(r => r.DeviceClassId).HasConstraintName("cell_device_class_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<ModelRow>().WithMany().HasForeignKey(r => r.ModelId).HasConstraintName("cell_model_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
