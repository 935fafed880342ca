using Fleetmark.Storage.Cells;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Jobs;

/// <summary>Columns, constraints and indexes of table <c>job</c>.</summary>
internal sealed class JobMapping : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> row)
    {
        row.ToTable("job", table =>
        {
            table.HasCheckConstraint("job_check", "(state = 1) = (lease_until is not null)");
            table.HasCheckConstraint("job_check1", "(first_item is null) = (n_items is null)");
            table.HasCheckConstraint("job_last_code_check", "length(last_code) <= 64");
            table.HasCheckConstraint("job_state_check", "state between 0 and 5");
        });
        row.HasKey(r => r.JobId).HasName("job_pkey");
        row.Property(r => r.JobId).HasColumnName("job_id").HasColumnType("bigint").HasDefaultValueSql("nextval('fleetmark.job_id_seq')");
        row.Property(r => r.RunId).HasColumnName("run_id").HasColumnType("bigint");
        row.Property(r => r.CellId).HasColumnName("cell_id").HasColumnType("integer");
        row.Property(r => r.Repetition).HasColumnName("rep").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.Shard).HasColumnName("shard").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.FirstItem).HasColumnName("first_item").HasColumnType("integer");
        row.Property(r => r.ItemCount).HasColumnName("n_items").HasColumnType("integer");
        row.Property(r => r.Pool).HasColumnName("pool").HasColumnType("integer");
        row.Property(r => r.OrderKey).HasColumnName("order_key").HasColumnType("integer");
        row.Property(r => r.Requires).HasColumnName("requires").HasColumnType("text[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.MinMemoryMebibytes).HasColumnName("min_memory_mib").HasColumnType("integer");
        row.Property(r => r.PinnedDevice).HasColumnName("pinned_device").HasColumnType("integer");
        row.Property(r => r.ExcludedDevices).HasColumnName("excluded_devices").HasColumnType("integer[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.State).HasColumnName("state").HasColumnType("smallint").HasConversion<short>().HasDefaultValueSql("0");
        row.Property(r => r.AttemptNo).HasColumnName("attempt_no").HasColumnType("integer").HasDefaultValueSql("0");
        row.Property(r => r.Counted).HasColumnName("counted").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.MaxAttempts).HasColumnName("max_attempts").HasColumnType("smallint").HasDefaultValueSql("4");
        row.Property(r => r.NoiseAttempts).HasColumnName("noise_attempts").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.MaxNoise).HasColumnName("max_noise").HasColumnType("smallint").HasDefaultValueSql("2");
        row.Property(r => r.LastCode).HasColumnName("last_code").HasColumnType("text");
        row.Property(r => r.LeaseUntil).HasColumnName("lease_until").HasColumnType("timestamp with time zone");
        row.Property(r => r.NotBefore).HasColumnName("not_before").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.HasStorageParameter("fillfactor", 70);
        row.HasStorageParameter("autovacuum_vacuum_scale_factor", 0.02);
        row.HasStorageParameter("autovacuum_vacuum_threshold", 500);
        row.HasIndex(r => new { r.RunId, r.CellId, r.Repetition, r.Shard }).IsUnique().HasDatabaseName("job_run_id_cell_id_rep_shard_key");
        row.HasIndex(r => r.JobId, "job_leased").HasFilter("state = 1");
        row.HasIndex(r => new { r.Pool, r.RunId, r.OrderKey }, "job_ready").HasFilter("state = 0");
        row.HasIndex(r => new { r.RunId, r.State }, "job_run");
        row.HasOne<CellRow>().WithMany().HasForeignKey(r => r.CellId).HasConstraintName("job_cell_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DeviceRow>().WithMany().HasForeignKey(r => r.PinnedDevice).HasConstraintName("job_pinned_device_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DeviceClassRow>().WithMany().HasForeignKey(r => r.Pool).HasConstraintName("job_pool_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<RunRow>().WithMany().HasForeignKey(r => r.RunId).HasConstraintName("job_run_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
