using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Models;

/// <summary>Columns, constraints and indexes of table <c>model</c>.</summary>
internal sealed class ModelMapping : IEntityTypeConfiguration<ModelRow>
{
    public void Configure(EntityTypeBuilder<ModelRow> row)
    {
        row.ToTable("model", table =>
        {
            table.HasCheckConstraint("model_name_check", "length(name) between 1 and 200");
        });
        row.HasKey(r => r.ModelId).HasName("model_pkey");
        row.Property(r => r.ModelId).HasColumnName("model_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.Name).HasColumnName("name").HasColumnType("text");
        row.Property(r => r.Family).HasColumnName("family").HasColumnType("text");
        row.Property(r => r.Task).HasColumnName("task").HasColumnType("text").HasDefaultValueSql("'classification'::text");
        row.HasIndex(r => r.Name).IsUnique().HasDatabaseName("model_name_key");
    }
}
