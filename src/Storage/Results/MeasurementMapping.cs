using Fleetmark.Storage.Cells;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Results;

/// <summary>Columns, constraints and indexes of table <c>measurement</c>.</summary>
internal sealed class MeasurementMapping : IEntityTypeConfiguration<MeasurementRow>
{
    public void Configure(EntityTypeBuilder<MeasurementRow> row)
    {
        row.ToTable("measurement", table =>
        {
            table.HasCheckConstraint("measurement_arithmetic_check", "arithmetic between 0 and 2");
            table.HasCheckConstraint("measurement_check", "cardinality(launch_p50_us) = launches");
            table.HasCheckConstraint("measurement_launches_check", "launches > 0");
            table.HasCheckConstraint("measurement_n_check", "n > 0");
            table.HasCheckConstraint("measurement_p50_us_check", "p50_us > 0 and p50_us < 'infinity'");
            table.HasCheckConstraint("measurement_precision_effective_check", "length(precision_effective) <= 40");
            table.HasCheckConstraint("measurement_state_check", "state between 0 and 4");
        });
        row.HasKey(r => r.JobId).HasName("measurement_pkey");
        row.Property(r => r.JobId).HasColumnName("job_id").HasColumnType("bigint").ValueGeneratedNever();
        row.Property(r => r.AttemptNo).HasColumnName("attempt_no").HasColumnType("integer");
        row.Property(r => r.RunId).HasColumnName("run_id").HasColumnType("bigint");
        row.Property(r => r.CellId).HasColumnName("cell_id").HasColumnType("integer");
        row.Property(r => r.Repetition).HasColumnName("rep").HasColumnType("smallint");
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer");
        row.Property(r => r.EnvironmentId).HasColumnName("env_id").HasColumnType("integer");
        row.Property(r => r.FinishedAt).HasColumnName("finished_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.State).HasColumnName("state").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.Flags).HasColumnName("flags").HasColumnType("bigint").HasDefaultValueSql("0");
        row.Property(r => r.PrecisionEffective).HasColumnName("precision_effective").HasColumnType("text");
        row.Property(r => r.Arithmetic).HasColumnName("arithmetic").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.Launches).HasColumnName("launches").HasColumnType("smallint").HasDefaultValueSql("1");
        row.Property(r => r.Count).HasColumnName("n").HasColumnType("integer");
        row.Property(r => r.LaunchP50Us).HasColumnName("launch_p50_us").HasColumnType("double precision[]");
        row.Property(r => r.P50Us).HasColumnName("p50_us").HasColumnType("double precision");
        row.Property(r => r.HalfWidthRel).HasColumnName("half_width_rel").HasColumnType("double precision");
        row.Property(r => r.MinUs).HasColumnName("min_us").HasColumnType("double precision");
        row.Property(r => r.P90Us).HasColumnName("p90_us").HasColumnType("double precision");
        row.Property(r => r.P95Us).HasColumnName("p95_us").HasColumnType("double precision");
        row.Property(r => r.P99Us).HasColumnName("p99_us").HasColumnType("double precision");
        row.Property(r => r.P999Us).HasColumnName("p999_us").HasColumnType("double precision");
        row.Property(r => r.MaxUs).HasColumnName("max_us").HasColumnType("double precision");
        row.Property(r => r.MeanUs).HasColumnName("mean_us").HasColumnType("double precision");
        row.Property(r => r.SdUs).HasColumnName("sd_us").HasColumnType("double precision");
        row.Property(r => r.RatePerS).HasColumnName("rate_per_s").HasColumnType("double precision");
        row.Property(r => r.EnergyUjPerItem).HasColumnName("energy_uj_per_item").HasColumnType("double precision");
        row.Property(r => r.EnergyNetUjPerItem).HasColumnName("energy_net_uj_per_item").HasColumnType("double precision");
        row.Property(r => r.EnergyEstimated).HasColumnName("energy_estimated").HasColumnType("boolean");
        row.Property(r => r.DeviceMemBytes).HasColumnName("device_mem_bytes").HasColumnType("bigint");
        row.HasIndex(r => new { r.CellId, r.FinishedAt }, "m_cell_time").IsDescending(false, true);
        row.HasIndex(r => new { r.RunId, r.CellId, r.Repetition }, "m_run_cell").IsUnique();
        row.HasOne<CellRow>().WithMany().HasForeignKey(r => r.CellId).HasConstraintName("measurement_cell_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<EnvironmentRow>().WithMany().HasForeignKey(r => r.EnvironmentId).HasConstraintName("measurement_env_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<AttemptRow>().WithMany().HasForeignKey(r => new { r.JobId, r.AttemptNo }).HasConstraintName("measurement_job_id_attempt_no_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
