using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Models;

/// <summary>Columns, constraints and indexes of table <c>dataset</c>.</summary>
internal sealed class DatasetMapping : IEntityTypeConfiguration<DatasetRow>
{
    public void Configure(EntityTypeBuilder<DatasetRow> row)
    {
        row.ToTable("dataset", table =>
        {
            table.HasCheckConstraint("dataset_n_classes_check", "n_classes > 0");
            table.HasCheckConstraint("dataset_n_items_check", "n_items > 0");
            table.HasCheckConstraint("dataset_sha256_check", "octet_length(sha256) = 32");
        });
        row.HasKey(r => r.DatasetId).HasName("dataset_pkey");
        row.Property(r => r.DatasetId).HasColumnName("dataset_id").HasColumnType("integer").UseIdentityAlwaysColumn();
        row.Property(r => r.Slug).HasColumnName("slug").HasColumnType("text");
        row.Property(r => r.Sha256).HasColumnName("sha256").HasColumnType("bytea");
        row.Property(r => r.ItemCount).HasColumnName("n_items").HasColumnType("integer");
        row.Property(r => r.ClassCount).HasColumnName("n_classes").HasColumnType("integer");
        row.Property(r => r.Detail).HasColumnName("detail").HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.HasIndex(r => r.Sha256).IsUnique().HasDatabaseName("dataset_sha256_key");
    }
}
