using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Models;

/// <summary>Columns, constraints and indexes of table <c>artifact_chunk</c>.</summary>
internal sealed class ArtifactChunkMapping : IEntityTypeConfiguration<ArtifactChunkRow>
{
    public void Configure(EntityTypeBuilder<ArtifactChunkRow> row)
    {
        row.ToTable("artifact_chunk", table =>
        {
            table.HasCheckConstraint("artifact_chunk_seq_check", "seq >= 0");
        });
        row.HasKey(r => new { r.ArtifactId, r.Sequence }).HasName("artifact_chunk_pkey");
        row.Property(r => r.ArtifactId).HasColumnName("artifact_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.Sequence).HasColumnName("seq").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.Body).HasColumnName("body").HasColumnType("bytea");
        row.HasOne<ModelArtifactRow>().WithMany().HasForeignKey(r => r.ArtifactId).HasConstraintName("artifact_chunk_artifact_id_fkey").OnDelete(DeleteBehavior.Cascade);
    }
}
