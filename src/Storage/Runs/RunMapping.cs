using Fleetmark.Storage.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Runs;

/// <summary>Columns, constraints and indexes of table <c>run</c>.</summary>
internal sealed class RunMapping : IEntityTypeConfiguration<RunRow>
{
    public void Configure(EntityTypeBuilder<RunRow> row)
    {
        row.ToTable("run", table =>
        {
            table.HasCheckConstraint("run_check", "(state in (2, 3, 4, 5)) = (ended_at is not null)");
            table.HasCheckConstraint("run_effort_check", "effort between 0 and 2");
            table.HasCheckConstraint("run_keep_check", "keep between 0 and 3");
            table.HasCheckConstraint("run_origin_check", "origin between 0 and 4");
            table.HasCheckConstraint("run_request_sha256_check", "octet_length(request_sha256) = 32");
            table.HasCheckConstraint("run_state_check", "state between 0 and 6");
            table.HasCheckConstraint("run_weight_check", "weight > 0");
        });
        row.HasKey(r => r.RunId).HasName("run_pkey");
        row.Property(r => r.RunId).HasColumnName("run_id").HasColumnType("bigint").HasDefaultValueSql("nextval('fleetmark.run_id_seq')");
        row.Property(r => r.RunUid).HasColumnName("run_uid").HasColumnType("uuid");
        row.Property(r => r.PlanId).HasColumnName("plan_id").HasColumnType("bigint");
        row.Property(r => r.IdempotencyKey).HasColumnName("idem_key").HasColumnType("text");
        row.Property(r => r.RequestSha256).HasColumnName("request_sha256").HasColumnType("bytea");
        row.Property(r => r.Origin).HasColumnName("origin").HasColumnType("smallint").HasConversion<short>().HasDefaultValueSql("0");
        row.Property(r => r.State).HasColumnName("state").HasColumnType("smallint").HasConversion<short>().HasDefaultValueSql("0");
        row.Property(r => r.Keep).HasColumnName("keep").HasColumnType("smallint").HasConversion<short>().HasDefaultValueSql("1");
        row.Property(r => r.Effort).HasColumnName("effort").HasColumnType("smallint").HasConversion<short>().HasDefaultValueSql("1");
        row.Property(r => r.Owner).HasColumnName("owner").HasColumnType("text");
        row.Property(r => r.Priority).HasColumnName("priority").HasColumnType("smallint").HasDefaultValueSql("10");
        row.Property(r => r.Weight).HasColumnName("weight").HasColumnType("real").HasDefaultValueSql("1");
        row.Property(r => r.OrderSeed).HasColumnName("order_seed").HasColumnType("bigint");
        row.Property(r => r.ProtocolVersion).HasColumnName("protocol_version").HasColumnType("integer");
        row.Property(r => r.CommitSha).HasColumnName("commit_sha").HasColumnType("text");
        row.Property(r => r.Tags).HasColumnName("tags").HasColumnType("text[]").HasDefaultValueSql("'{}'");
        row.Property(r => r.SubmittedAt).HasColumnName("submitted_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.StartedAt).HasColumnName("started_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.EndedAt).HasColumnName("ended_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.CancelRequested).HasColumnName("cancel_requested").HasColumnType("boolean").HasDefaultValueSql("false");
        row.HasIndex(r => r.IdempotencyKey).IsUnique().HasDatabaseName("run_idem_key_key");
        row.HasIndex(r => r.RunUid).IsUnique().HasDatabaseName("run_run_uid_key");
        row.HasIndex(r => r.CommitSha, "run_commit").HasOperators("text_pattern_ops").HasFilter("commit_sha is not null");
        row.HasIndex(r => r.RunId, "run_open").HasFilter("state in (0, 1)");
        row.HasIndex(r => new { r.PlanId, r.RunId }, "run_plan").IsDescending(false, true);
        row.HasIndex(r => new { r.SubmittedAt, r.RunId }, "run_submitted").IsDescending(true, true);
        row.HasIndex(r => r.Tags, "run_tags_gin").HasMethod("gin");
        row.HasOne<PlanRow>().WithMany().HasForeignKey(r => r.PlanId).HasConstraintName("run_plan_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
