using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Results;

/// <summary>Columns, constraints and indexes of table <c>sample_block</c>.</summary>
internal sealed class SampleBlockMapping : IEntityTypeConfiguration<SampleBlockRow>
{
    public void Configure(EntityTypeBuilder<SampleBlockRow> row)
    {
        row.ToTable("sample_block", table =>
        {
            table.HasCheckConstraint("sample_block_n_check", "n >= 0");
        });
        row.HasKey(r => new { r.JobId, r.AttemptNo, r.LaunchNo, r.Series }).HasName("sample_block_pkey");
        row.Property(r => r.JobId).HasColumnName("job_id").HasColumnType("bigint").ValueGeneratedNever();
        row.Property(r => r.AttemptNo).HasColumnName("attempt_no").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.LaunchNo).HasColumnName("launch_no").HasColumnType("smallint").ValueGeneratedNever();
        row.Property(r => r.Series).HasColumnName("series").HasColumnType("smallint").ValueGeneratedNever();
        row.Property(r => r.Codec).HasColumnName("codec").HasColumnType("smallint");
        row.Property(r => r.Count).HasColumnName("n").HasColumnType("integer");
        row.Property(r => r.Body).HasColumnName("body").HasColumnType("bytea");
        row.HasOne<LaunchRow>().WithMany().HasForeignKey(r => new { r.JobId, r.AttemptNo, r.LaunchNo }).HasConstraintName("sample_block_job_id_attempt_no_launch_no_fkey").OnDelete(DeleteBehavior.Cascade);
    }
}
