using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Regressions;

/// <summary>Columns, constraints and indexes of table <c>aa_pair</c>.</summary>
internal sealed class SentinelPairMapping : IEntityTypeConfiguration<SentinelPairRow>
{
    public void Configure(EntityTypeBuilder<SentinelPairRow> row)
    {
        row.ToTable("aa_pair");
        row.HasKey(r => new { r.RunId, r.DeviceId, r.Sentinel }).HasName("aa_pair_pkey");
        row.Property(r => r.RunId).HasColumnName("run_id").HasColumnType("bigint").ValueGeneratedNever();
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.Sentinel).HasColumnName("sentinel").HasColumnType("text").ValueGeneratedNever();
        row.Property(r => r.LogRatio).HasColumnName("log_ratio").HasColumnType("double precision");
        row.Property(r => r.P).HasColumnName("p").HasColumnType("double precision");
        row.Property(r => r.FinishedAt).HasColumnName("finished_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.HasOne<RunRow>().WithMany().HasForeignKey(r => r.RunId).HasConstraintName("aa_pair_run_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DeviceRow>().WithMany().HasForeignKey(r => r.DeviceId).HasConstraintName("aa_pair_device_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasIndex(r => new { r.DeviceId, r.FinishedAt }).IsDescending(false, true).HasDatabaseName("aa_pair_recent");
    }
}
