using Fleetmark.Storage.Cells;
using Fleetmark.Storage.Fleet;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Runs;

/// <summary>Columns, constraints and indexes of table <c>run_cell</c>.</summary>
internal sealed class RunCellMapping : IEntityTypeConfiguration<RunCellRow>
{
    public void Configure(EntityTypeBuilder<RunCellRow> row)
    {
        row.ToTable("run_cell", table =>
        {
            table.HasCheckConstraint("run_cell_check", "cardinality(launch_p50_us) = launches");
            table.HasCheckConstraint("run_cell_check1", "launches = 0 or (p50_us is not null and device_id is not null and env_id is not null and precision_effective is not null and arithmetic is not null)");
            table.HasCheckConstraint("run_cell_check2", "state > 0 or launches > 0");
            table.HasCheckConstraint("run_cell_code_check", "length(code) <= 64");
            table.HasCheckConstraint("run_cell_launches_check", "launches >= 0");
            table.HasCheckConstraint("run_cell_state_check", "state between 0 and 5");
        });
        row.HasKey(r => new { r.RunId, r.CellId }).HasName("run_cell_pkey");
        row.Property(r => r.RunId).HasColumnName("run_id").HasColumnType("bigint").ValueGeneratedNever();
        row.Property(r => r.CellId).HasColumnName("cell_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.Basis).HasColumnName("basis").HasColumnType("integer");
        row.Property(r => r.Complete).HasColumnName("complete").HasColumnType("boolean");
        row.Property(r => r.FinishedAt).HasColumnName("finished_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.State).HasColumnName("state").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.Code).HasColumnName("code").HasColumnType("text");
        row.Property(r => r.Flags).HasColumnName("flags").HasColumnType("bigint").HasDefaultValueSql("0");
        row.Property(r => r.Notes).HasColumnName("notes").HasColumnType("text[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer");
        row.Property(r => r.EnvironmentId).HasColumnName("env_id").HasColumnType("integer");
        row.Property(r => r.PrecisionEffective).HasColumnName("precision_effective").HasColumnType("text");
        row.Property(r => r.Arithmetic).HasColumnName("arithmetic").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.Launches).HasColumnName("launches").HasColumnType("smallint");
        row.Property(r => r.LaunchesStarted).HasColumnName("launches_started").HasColumnType("smallint");
        row.Property(r => r.Attempts).HasColumnName("attempts").HasColumnType("smallint");
        row.Property(r => r.Count).HasColumnName("n").HasColumnType("integer");
        row.Property(r => r.P50Us).HasColumnName("p50_us").HasColumnType("double precision");
        row.Property(r => r.CiLowUs).HasColumnName("ci_low_us").HasColumnType("double precision");
        row.Property(r => r.CiHighUs).HasColumnName("ci_high_us").HasColumnType("double precision");
        row.Property(r => r.LogSd).HasColumnName("log_sd").HasColumnType("double precision");
        row.Property(r => r.WithinLogSd).HasColumnName("within_log_sd").HasColumnType("double precision");
        row.Property(r => r.LaunchP50Us).HasColumnName("launch_p50_us").HasColumnType("double precision[]");
        row.Property(r => r.MinUs).HasColumnName("min_us").HasColumnType("double precision");
        row.Property(r => r.P5Us).HasColumnName("p5_us").HasColumnType("double precision");
        row.Property(r => r.P90Us).HasColumnName("p90_us").HasColumnType("double precision");
        row.Property(r => r.P95Us).HasColumnName("p95_us").HasColumnType("double precision");
        row.Property(r => r.P99Us).HasColumnName("p99_us").HasColumnType("double precision");
        row.Property(r => r.P99UpperUs).HasColumnName("p99_upper_us").HasColumnType("double precision");
        row.Property(r => r.P999Us).HasColumnName("p999_us").HasColumnType("double precision");
        row.Property(r => r.MaxUs).HasColumnName("max_us").HasColumnType("double precision");
        row.Property(r => r.MeanUs).HasColumnName("mean_us").HasColumnType("double precision");
        row.Property(r => r.SdUs).HasColumnName("sd_us").HasColumnType("double precision");
        row.Property(r => r.SmClockP50Mhz).HasColumnName("sm_clock_p50_mhz").HasColumnType("real");
        row.Property(r => r.RatePerS).HasColumnName("rate_per_s").HasColumnType("double precision");
        row.Property(r => r.RateLowPerS).HasColumnName("rate_low_per_s").HasColumnType("double precision");
        row.Property(r => r.RateHighPerS).HasColumnName("rate_high_per_s").HasColumnType("double precision");
        row.Property(r => r.LaunchRatePerS).HasColumnName("launch_rate_per_s").HasColumnType("double precision[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.EnergyUjPerItem).HasColumnName("energy_uj_per_item").HasColumnType("double precision");
        row.Property(r => r.EnergyNetUjPerItem).HasColumnName("energy_net_uj_per_item").HasColumnType("double precision");
        row.Property(r => r.DeviceMemBytes).HasColumnName("device_mem_bytes").HasColumnType("bigint");
        row.HasIndex(r => new { r.CellId, r.FinishedAt }, "rc_cell_time").IsDescending(false, true).IncludeProperties(r => new { r.P50Us, r.CiLowUs, r.CiHighUs, r.RunId, r.EnvironmentId, r.DeviceId, r.State });
        row.HasOne<CellRow>().WithMany().HasForeignKey(r => r.CellId).HasConstraintName("run_cell_cell_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<EnvironmentRow>().WithMany().HasForeignKey(r => r.EnvironmentId).HasConstraintName("run_cell_env_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<RunRow>().WithMany().HasForeignKey(r => r.RunId).HasConstraintName("run_cell_run_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
