using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Results;

/// <summary>Columns, constraints and indexes of table <c>launch</c>.</summary>
internal sealed class LaunchMapping : IEntityTypeConfiguration<LaunchRow>
{
    public void Configure(EntityTypeBuilder<LaunchRow> row)
    {
        row.ToTable("launch", table =>
        {
            table.HasCheckConstraint("launch_arithmetic_check", "arithmetic between 0 and 2");
            table.HasCheckConstraint("launch_calls_per_sample_check", "calls_per_sample > 0");
            table.HasCheckConstraint("launch_check", "state = 4 or (n > 0 and p50_us is not null and precision_effective is not null and arithmetic is not null)");
            table.HasCheckConstraint("launch_engine_cache_check", "engine_cache between 0 and 2");
            table.HasCheckConstraint("launch_error_code_check", "length(error_code) <= 64");
            table.HasCheckConstraint("launch_launch_no_check", "launch_no >= 0");
            table.HasCheckConstraint("launch_precision_effective_check", "length(precision_effective) <= 40");
            table.HasCheckConstraint("launch_rate_per_s_check", "rate_per_s > 0 and rate_per_s < 'infinity'");
            table.HasCheckConstraint("launch_state_check", "state between 0 and 4");
        });
        row.HasKey(r => new { r.JobId, r.AttemptNo, r.LaunchNo }).HasName("launch_pkey");
        row.Property(r => r.JobId).HasColumnName("job_id").HasColumnType("bigint").ValueGeneratedNever();
        row.Property(r => r.AttemptNo).HasColumnName("attempt_no").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.LaunchNo).HasColumnName("launch_no").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.EnvironmentId).HasColumnName("env_id").HasColumnType("integer");
        row.Property(r => r.AgentStartedAt).HasColumnName("agent_started_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.State).HasColumnName("state").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.Flags).HasColumnName("flags").HasColumnType("bigint").HasDefaultValueSql("0");
        row.Property(r => r.Notes).HasColumnName("notes").HasColumnType("text[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.ErrorCode).HasColumnName("error_code").HasColumnType("text");
        row.Property(r => r.PrecisionEffective).HasColumnName("precision_effective").HasColumnType("text");
        row.Property(r => r.Arithmetic).HasColumnName("arithmetic").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.OutputSha256).HasColumnName("output_sha256").HasColumnType("bytea");
        row.Property(r => r.EngineCache).HasColumnName("engine_cache").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.LoadMs).HasColumnName("load_ms").HasColumnType("double precision");
        row.Property(r => r.FirstMs).HasColumnName("first_ms").HasColumnType("double precision");
        row.Property(r => r.WarmupMs).HasColumnName("warmup_ms").HasColumnType("double precision");
        row.Property(r => r.SamplingMs).HasColumnName("sampling_ms").HasColumnType("double precision");
        row.Property(r => r.WarmupCalls).HasColumnName("warmup_calls").HasColumnType("integer");
        row.Property(r => r.Steady).HasColumnName("steady").HasColumnType("boolean");
        row.Property(r => r.TimerFloorNs).HasColumnName("timer_floor_ns").HasColumnType("double precision");
        row.Property(r => r.CallsPerSample).HasColumnName("calls_per_sample").HasColumnType("integer").HasDefaultValueSql("1");
        row.Property(r => r.Count).HasColumnName("n").HasColumnType("integer").HasDefaultValueSql("0");
        row.Property(r => r.MinUs).HasColumnName("min_us").HasColumnType("double precision");
        row.Property(r => r.P5Us).HasColumnName("p5_us").HasColumnType("double precision");
        row.Property(r => r.P50Us).HasColumnName("p50_us").HasColumnType("double precision");
        row.Property(r => r.P90Us).HasColumnName("p90_us").HasColumnType("double precision");
        row.Property(r => r.P95Us).HasColumnName("p95_us").HasColumnType("double precision");
        row.Property(r => r.P99Us).HasColumnName("p99_us").HasColumnType("double precision");
        row.Property(r => r.P999Us).HasColumnName("p999_us").HasColumnType("double precision");
        row.Property(r => r.MaxUs).HasColumnName("max_us").HasColumnType("double precision");
        row.Property(r => r.MeanUs).HasColumnName("mean_us").HasColumnType("double precision");
        row.Property(r => r.SdUs).HasColumnName("sd_us").HasColumnType("double precision");
        row.Property(r => r.MadUs).HasColumnName("mad_us").HasColumnType("double precision");
        row.Property(r => r.IqrUs).HasColumnName("iqr_us").HasColumnType("double precision");
        row.Property(r => r.HalfWidthRel).HasColumnName("half_width_rel").HasColumnType("double precision");
        row.Property(r => r.TargetRel).HasColumnName("target_rel").HasColumnType("double precision");
        row.Property(r => r.Lag1).HasColumnName("lag1").HasColumnType("double precision");
        row.Property(r => r.Outliers).HasColumnName("outliers").HasColumnType("integer");
        row.Property(r => r.BlockP50Us).HasColumnName("block_p50_us").HasColumnType("double precision[]");
        row.Property(r => r.ModesUs).HasColumnName("modes_us").HasColumnType("double precision[]");
        row.Property(r => r.RatePerS).HasColumnName("rate_per_s").HasColumnType("double precision");
        row.Property(r => r.GcCount).HasColumnName("gc_count").HasColumnType("integer");
        row.Property(r => r.GcPauseUs).HasColumnName("gc_pause_us").HasColumnType("double precision");
        row.Property(r => r.StealRel).HasColumnName("steal_rel").HasColumnType("double precision");
        row.Property(r => r.SmClockP10Mhz).HasColumnName("sm_clock_p10_mhz").HasColumnType("real");
        row.Property(r => r.SmClockP50Mhz).HasColumnName("sm_clock_p50_mhz").HasColumnType("real");
        row.Property(r => r.TempStartC).HasColumnName("temp_start_c").HasColumnType("real");
        row.Property(r => r.TempMaxC).HasColumnName("temp_max_c").HasColumnType("real");
        row.Property(r => r.PowerMeanW).HasColumnName("power_mean_w").HasColumnType("real");
        row.Property(r => r.ViolationUs).HasColumnName("violation_us").HasColumnType("double precision");
        row.Property(r => r.ClockEventBits).HasColumnName("clock_event_bits").HasColumnType("bigint");
        row.Property(r => r.EnergyMj).HasColumnName("energy_mj").HasColumnType("bigint");
        row.Property(r => r.EnergyEstimated).HasColumnName("energy_estimated").HasColumnType("boolean");
        row.Property(r => r.EnergyUjPerItem).HasColumnName("energy_uj_per_item").HasColumnType("double precision");
        row.Property(r => r.EnergyNetUjPerItem).HasColumnName("energy_net_uj_per_item").HasColumnType("double precision");
        row.Property(r => r.EnergySeconds).HasColumnName("energy_seconds").HasColumnType("double precision");
        row.Property(r => r.DeviceMemBytes).HasColumnName("device_mem_bytes").HasColumnType("bigint");
        row.Property(r => r.Result).HasColumnName("result").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.HasOne<EnvironmentRow>().WithMany().HasForeignKey(r => r.EnvironmentId).HasConstraintName("launch_env_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<AttemptRow>().WithMany().HasForeignKey(r => new { r.JobId, r.AttemptNo }).HasConstraintName("launch_job_id_attempt_no_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
