using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Events;

/// <summary>Columns, constraints and indexes of table <c>outbox</c>.</summary>
internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> row)
    {
        row.ToTable("outbox");
        row.HasKey(r => r.OutboxId).HasName("outbox_pkey");
        row.Property(r => r.OutboxId).HasColumnName("outbox_id").HasColumnType("bigint").UseIdentityAlwaysColumn();
        row.Property(r => r.Txid).HasColumnName("txid").HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        row.Property(r => r.PlanId).HasColumnName("plan_id").HasColumnType("bigint");
        row.Property(r => r.RunId).HasColumnName("run_id").HasColumnType("bigint");
        row.Property(r => r.Kind).HasColumnName("kind").HasColumnType("text");
        row.Property(r => r.Body).HasColumnName("body").HasColumnType("jsonb");
        row.Property(r => r.At).HasColumnName("at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.HasIndex(r => new { r.PlanId, r.OutboxId }, "outbox_plan").IsDescending(false, true);
        row.HasIndex(r => new { r.RunId, r.OutboxId }, "outbox_run");
    }
}
