using Fleetmark.Storage.Fleet;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fleetmark.Storage.Jobs;

/// <summary>Columns, constraints and indexes of table <c>attempt</c>.</summary>
internal sealed class AttemptMapping : IEntityTypeConfiguration<AttemptRow>
{
    public void Configure(EntityTypeBuilder<AttemptRow> row)
    {
        row.ToTable("attempt", table =>
        {
            table.HasCheckConstraint("attempt_attempt_no_check", "attempt_no > 0");
            table.HasCheckConstraint("attempt_check", "(outcome is null) = (ended_at is null)");
            table.HasCheckConstraint("attempt_error_code_check", "length(error_code) <= 64");
            table.HasCheckConstraint("attempt_error_text_check", "length(error_text) <= 4096");
            table.HasCheckConstraint("attempt_log_tail_check", "length(log_tail) <= 262144");
            table.HasCheckConstraint("attempt_outcome_check", "outcome between 0 and 5");
        });
        row.HasKey(r => new { r.JobId, r.AttemptNo }).HasName("attempt_pkey");
        row.Property(r => r.JobId).HasColumnName("job_id").HasColumnType("bigint").ValueGeneratedNever();
        row.Property(r => r.AttemptNo).HasColumnName("attempt_no").HasColumnType("integer").ValueGeneratedNever();
        row.Property(r => r.DeviceId).HasColumnName("device_id").HasColumnType("integer");
        row.Property(r => r.AgentIncarnation).HasColumnName("agent_incarnation").HasColumnType("bigint");
        row.Property(r => r.StartedAt).HasColumnName("started_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
        row.Property(r => r.EndedAt).HasColumnName("ended_at").HasColumnType("timestamp with time zone");
        row.Property(r => r.Outcome).HasColumnName("outcome").HasColumnType("smallint").HasConversion<short>();
        row.Property(r => r.ErrorCode).HasColumnName("error_code").HasColumnType("text");
        row.Property(r => r.ErrorText).HasColumnName("error_text").HasColumnType("text");
        row.Property(r => r.LogTail).HasColumnName("log_tail").HasColumnType("text");
        row.HasIndex(r => new { r.DeviceId, r.StartedAt }, "attempt_device").IsDescending(false, true);
        row.HasIndex(r => r.StartedAt, "attempt_started").HasMethod("brin");
        row.HasIndex(r => r.DeviceId, "one_device_one_lease").IsUnique().HasFilter("outcome is null");
        row.HasOne<DeviceRow>().WithMany().HasForeignKey(r => r.DeviceId).HasConstraintName("attempt_device_id_fkey").OnDelete(DeleteBehavior.NoAction);
        row.HasOne<JobRow>().WithMany().HasForeignKey(r => r.JobId).HasConstraintName("attempt_job_id_fkey").OnDelete(DeleteBehavior.NoAction);
    }
}
