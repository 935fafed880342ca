using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Fleet;

/// <summary>Columns, constraints and indexes of table <c>device_flavour</c>.</summary>
internal sealed class DeviceFlavourMapping : IEntityTypeConfiguration<DeviceFlavourRow>
{
    public void Configure(EntityTypeBuilder<DeviceFlavourRow> row)
    {
        row.ToTable("device_flavour");
        row.HasKey(r => new { r.DeviceId, r.Flavour }).HasName("device_flavour_pkey");
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.Flavour).HasColumnName("flavour").HasColumnType("text").ValueGeneratedNever();
        row.Property(r => r.State).HasColumnName("state").HasColumnType("text");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.Property(r => r.ProbedAt).HasColumnName("probed_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.HasOne<DeviceRow>().WithMany().HasForeignKey(r => r.DeviceId).HasConstraintName("device_flavour_device_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
