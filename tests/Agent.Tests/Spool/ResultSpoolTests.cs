using Fleetmark.Agent.Spool;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Spool;

public sealed class ResultSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private DiskSpace _disk = new(FreeBytes: 50, TotalBytes: 100);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_survives_the_process_and_comes_back_as_it_was()
    {
        Open().Add(Result(7, 2));
        ResultSpool next = Open();
        SpooledResult found = Assert.Single(next.Waiting());
        Assert.Equal(new AttemptKey(new JobId(7), 2), found.Attempt);
        Assert.Equal(Result(7, 2).ToUtf8Json(), next.Read(found)!.Value.Json);
        Assert.True(next.Contains(new AttemptKey(new JobId(7), 2)));
    }

    [Fact]
    public void The_oldest_result_comes_first_also_across_processes()
    {
        ResultSpool first = Open();
        first.Add(Result(30, 1));
        first.Add(Result(20, 1));
        ResultSpool second = Open();
        second.Add(Result(10, 1));
        Assert.Equal([30L, 20L, 10L], second.Waiting().Select(result => result.Attempt.JobId.Value));
        Assert.Equal([30L, 20L, 10L], Open().Waiting().Select(result => result.Attempt.JobId.Value));
    }

    [Fact]
    public void A_kill_between_write_and_rename_leaves_no_result()
    {
        Open();
        string torn = _folder.Save("spool/000000000001-7-1.json.tmp", "{\"jobId\":7");
        Assert.Empty(Open().Waiting());
        Assert.False(File.Exists(torn));
    }

    [Fact]
    public void A_file_the_disk_has_ruined_is_moved_aside_and_not_sent()
    {
        Open();
        _folder.Save("spool/000000000001-7-1.json", "{\"jobId\":7");
        ResultSpool spool = Open();
        Assert.Null(spool.Read(Assert.Single(spool.Waiting())));
        Assert.Empty(spool.Waiting());
        Assert.Equal(["000000000001-7-1.json"], Aside());
    }

    [Fact]
    public void A_file_that_cannot_be_read_now_stays_and_is_read_the_next_time()
    {
        ResultSpool spool = Open();
        spool.Add(Result(7, 1));
        SpooledResult waiting = spool.Waiting()[0];
        File.Move(waiting.Path, _folder.At("elsewhere"));
        Directory.CreateDirectory(waiting.Path);
        Assert.Null(spool.Read(waiting));
        Directory.Delete(waiting.Path);
        File.Move(_folder.At("elsewhere"), waiting.Path);
        Assert.Equal(Result(7, 1).ToUtf8Json(), spool.Read(Assert.Single(spool.Waiting()))!.Value.Json);
    }

    [Fact]
    public void A_file_that_somebody_deleted_is_forgotten()
    {
        ResultSpool spool = Open();
        spool.Add(Result(7, 1));
        File.Delete(spool.Waiting()[0].Path);
        Assert.Null(spool.Read(spool.Waiting()[0]));
        Assert.Empty(spool.Waiting());
    }

    [Fact]
    public void An_acknowledged_result_is_gone_for_good()
    {
        ResultSpool spool = Open();
        spool.Add(Result(7, 1));
        spool.Delete(spool.Waiting()[0]);
        Assert.Equal(0, spool.Depth);
        Assert.Empty(Open().Waiting());
        Assert.Empty(Aside());
    }

    [Fact]
    public void A_refused_result_is_kept_for_seven_days()
    {
        ResultSpool spool = Open();
        spool.Add(Result(7, 1));
        spool.MoveAside(spool.Waiting()[0]);
        Assert.Empty(spool.Waiting());
        Assert.Single(Aside());
        _clock.Advance(ResultSpool.AsideAge - TimeSpan.FromMinutes(1));
        Open();
        Assert.Single(Aside());
        _clock.Advance(TimeSpan.FromMinutes(2));
        Open();
        Assert.Empty(Aside());
    }

    [Fact]
    public void Refused_results_are_kept_up_to_100_MiB_the_newest_first()
    {
        Open();
        for (int job = 1; job <= 3; job++)
        {
            string path = _folder.Save($"spool/aside/00000000000{job}-{job}-1.json", "");
            using (FileStream file = File.OpenWrite(path)) file.SetLength(ResultSpool.AsideBytes / 2);
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime.AddMinutes(job - 10));
        }

        Open();
        Assert.Equal(["000000000002-2-1.json", "000000000003-3-1.json"], Aside());
    }

    [Fact]
    public void The_spool_is_full_below_five_percent_of_free_disk()
    {
        ResultSpool spool = Open();
        Assert.False(spool.IsFull);
        _disk = new DiskSpace(FreeBytes: 5, TotalBytes: 100);
        Assert.False(spool.IsFull);
        _disk = new DiskSpace(FreeBytes: 4, TotalBytes: 100);
        Assert.True(spool.IsFull);
    }

    [Fact]
    public void The_spool_is_full_at_one_GiB_of_waiting_results()
    {
        Open();
        string path = _folder.Save("spool/000000000001-7-1.json", "");
        using (FileStream file = File.OpenWrite(path)) file.SetLength(ResultSpool.FullBytes - 1);
        ResultSpool spool = Open();
        Assert.False(spool.IsFull);
        spool.Add(Result(8, 1));
        Assert.True(spool.IsFull);
    }

    [Fact]
    public void A_disk_that_takes_nothing_loses_nothing_silently()
    {
        ResultSpool spool = Open();
        Directory.Delete(_folder.At("spool"), recursive: true);
        Assert.ThrowsAny<IOException>(() => spool.Add(Result(7, 1)));
        Assert.Empty(spool.Waiting());
    }

    private ResultSpool Open()
    {
        var spool = new ResultSpool(_folder.At("spool"), _ => _disk, _clock, NullLogger<ResultSpool>.Instance);
        spool.Open();
        return spool;
    }

    private string[] Aside() => [.. Directory.EnumerateFiles(_folder.At("spool", "aside")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static AttemptResult Result(long job, int attempt) => new()
    {
        ClusterId = new Guid("11111111-2222-3333-4444-555555555555"),
        JobId = job,
        Attempt = attempt,
        DeviceUuid = "cpu-1",
        Launches = [],
        ErrorCode = "worker-crash",
        ErrorText = "it crashed",
    };
}
