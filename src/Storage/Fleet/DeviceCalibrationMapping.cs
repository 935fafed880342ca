using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Fleet;

/// <summary>Columns and constraints of table <c>device_calibration</c>.</summary>
internal sealed class DeviceCalibrationMapping : IEntityTypeConfiguration<DeviceCalibrationRow>
{
    public void Configure(EntityTypeBuilder<DeviceCalibrationRow> row)
    {
        row.ToTable("device_calibration");
        row.HasKey(r => new { r.DeviceId, r.MeasuredAt }).HasName("device_calibration_pkey");
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.MeasuredAt).HasColumnName("measured_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.SmClockMhz).HasColumnName("sm_clock_mhz").HasColumnType("real");
        row.Property(r => r.P50Us).HasColumnName("p50_us").HasColumnType("double precision");
        row.Property(r => r.PowerW).HasColumnName("power_w").HasColumnType("real");
        row.Property(r => r.TempC).HasColumnName("temp_c").HasColumnType("real");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.HasOne<DeviceRow>().WithMany().HasForeignKey(r => r.DeviceId).HasConstraintName("device_calibration_device_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
