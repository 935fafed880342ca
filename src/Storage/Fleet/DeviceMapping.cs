using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Fleet;

/// <summary>Columns, constraints and indexes of table <c>device</c>.</summary>
internal sealed class DeviceMapping : IEntityTypeConfiguration<DeviceRow>
{
    public void Configure(EntityTypeBuilder<DeviceRow> row)
    {
        row.ToTable("device", table =>
        {
            table.HasCheckConstraint("device_health_check", "health between 0 and 3");
        });
        row.HasKey(r => r.DeviceId).HasName("device_pkey");
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.DeviceClassId).HasColumnName("device_class_id").HasColumnType("integer");
        row.Property(r => r.HardwareUuid).HasColumnName("hw_uuid").HasColumnType("text");
        row.Property(r => r.AgentId).HasColumnName("agent_id").HasColumnType("integer");
        row.Property(r => r.Ordinal).HasColumnName("ordinal").HasColumnType("smallint").HasDefaultValueSql("0");
        row.Property(r => r.MemoryMebibytes).HasColumnName("memory_mib").HasColumnType("integer");
        row.Property(r => r.Capabilities).HasColumnName("capabilities").HasColumnType("text[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.Simulated).HasColumnName("simulated").HasColumnType("boolean").HasDefaultValueSql("false");
        row.Property(r => r.Health).HasColumnName("health").HasColumnType("smallint").HasConversion<short>().HasDefaultValueSql("0");
        row.Property(r => r.HealthReason).HasColumnName("health_reason").HasColumnType("text");
        row.Property(r => r.HealthBy).HasColumnName("health_by").HasColumnType("text");
        row.Property(r => r.HealthSince).HasColumnName("health_since").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.NextCanaryAt).HasColumnName("next_canary_at").HasColumnType("timestamp with time zone");
        row.HasIndex(r => r.HardwareUuid).IsUnique().HasDatabaseName("device_hw_uuid_key");
        row.HasIndex(r => r.AgentId, "device_agent");
        row.HasOne<AgentRow>().WithMany().HasForeignKey(r => r.AgentId).HasConstraintName("device_agent_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<DeviceClassRow>().WithMany().HasForeignKey(r => r.DeviceClassId).HasConstraintName("device_device_class_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
