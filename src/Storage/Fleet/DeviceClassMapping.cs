using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Fleet;

/// <summary>Columns, constraints and indexes of table <c>device_class</c>.</summary>
internal sealed class DeviceClassMapping : IEntityTypeConfiguration<DeviceClassRow>
{
    public void Configure(EntityTypeBuilder<DeviceClassRow> row)
    {
        row.ToTable("device_class");
        row.HasKey(r => r.DeviceClassId).HasName("device_class_pkey");
        row.Property(r => r.DeviceClassId).HasColumnName("device_class_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.Slug).HasColumnName("slug").HasColumnType("text");
        row.Property(r => r.Vendor).HasColumnName("vendor").HasColumnType("text");
        row.Property(r => r.ComputeCapability).HasColumnName("compute_cap").HasColumnType("text");
        row.Property(r => r.MemoryMebibytes).HasColumnName("memory_mib").HasColumnType("integer");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.HasIndex(r => r.Slug).IsUnique().HasDatabaseName("device_class_slug_key");
    }
}
