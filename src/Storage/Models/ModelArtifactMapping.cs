using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Models;

/// <summary>Columns, constraints and indexes of table <c>model_artifact</c>.</summary>
internal sealed class ModelArtifactMapping : IEntityTypeConfiguration<ModelArtifactRow>
{
    public void Configure(EntityTypeBuilder<ModelArtifactRow> row)
    {
        row.ToTable("model_artifact", table =>
        {
            table.HasCheckConstraint("model_artifact_sha256_check", "octet_length(sha256) = 32");
            table.HasCheckConstraint("model_artifact_size_bytes_check", "size_bytes > 0");
        });
        row.HasKey(r => r.ArtifactId).HasName("model_artifact_pkey");
        row.Property(r => r.ArtifactId).HasColumnName("artifact_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.ModelId).HasColumnName("model_id").HasColumnType("integer");
        row.Property(r => r.Sha256).HasColumnName("sha256").HasColumnType("bytea");
        row.Property(r => r.Format).HasColumnName("format").HasColumnType("text");
        row.Property(r => r.Opset).HasColumnName("opset").HasColumnType("integer");
        row.Property(r => r.SizeBytes).HasColumnName("size_bytes").HasColumnType("bigint");
        row.Property(r => r.Params).HasColumnName("params").HasColumnType("bigint");
        row.Property(r => r.Macs).HasColumnName("macs").HasColumnType("bigint");
        row.Property(r => r.Flops).HasColumnName("flops").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.Property(r => r.IoSpec).HasColumnName("io_spec").HasColumnType("jsonb");
        row.Property(r => r.CreatedAt).HasColumnName("created_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.HasIndex(r => r.Sha256).IsUnique().HasDatabaseName("model_artifact_sha256_key");
        row.HasIndex(r => r.ModelId, "model_artifact_model");
        row.HasOne<ModelRow>().WithMany().HasForeignKey(r => r.ModelId).HasConstraintName("model_artifact_model_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
