using System.Globalization;
using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Workers;

/// <summary>
/// Adds up ten times a second what a worker and its children hold in memory: about 20 µs of one core each time. A child that was seen once stays counted when its parent
/// leaves it behind. Pages that several of them share are counted once before a verdict, but only then: to ask for that stops the worker for milliseconds.
/// </summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private const int TicksPerTree = 10;
    private const int ResidentField = 1;
    private const long BytesPerKib = 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly HostFiles _files;
    private readonly long _limitBytes;
    private readonly TimeProvider _clock;
    private readonly HashSet<int> _members;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _exceeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private long _latest;

    /// <summary>Begins at once.</summary>
    /// <param name="files">The kernel's files.</param>
    /// <param name="processId">The worker.</param>
    /// <param name="limitBytes">What it may use.</param>
    /// <param name="clock">Says when to look.</param>
    internal MemoryWatch(HostFiles files, int processId, long limitBytes, TimeProvider clock)
    {
        _files = files;
        _limitBytes = limitBytes;
        _clock = clock;
        _members = [processId];
        _loop = LoopAsync();
    }

    /// <summary>Completes when more than the limit is used; <see cref="Latest"/> says how much.</summary>
    internal Task Exceeded => _exceeded.Task;

    /// <summary>Bytes used when last looked.</summary>
    internal long Latest => Volatile.Read(ref _latest);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            for (int tick = 0; !Exceeded.IsCompleted; tick++)
            {
                Look(findChildren: tick % TicksPerTree == 0);
                await timer.WaitForNextTickAsync(_end.Token);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The worker is gone.
        }
    }

    private void Look(bool findChildren)
    {
        if (findChildren)
            foreach (int known in _members.ToArray()) _members.UnionWith(ProcessTree.Of(_files, known));
        long used = Sum(Resident);
        if (used > _limitBytes && _members.Count > 1) used = Sum(Proportional);
        if (used > 0) Volatile.Write(ref _latest, used);
        if (used > _limitBytes) _exceeded.TrySetResult();
    }

    private long Sum(Func<int, long?> bytes)
    {
        long sum = 0;
        foreach (int processId in _members.ToArray())
        {
            if (bytes(processId) is { } own) sum += own;
            else _members.Remove(processId);
        }

        return sum;
    }

    /// <summary>Pages in memory, those of others too (<c>statm</c>, proc(5)); null when the process is gone.</summary>
    private long? Resident(int processId)
    {
        string[] fields = (_files.Text(string.Create(CultureInfo.InvariantCulture, $"proc/{processId}/statm")) ?? "").Split(' ');
        return fields.Length > ResidentField && long.TryParse(fields[ResidentField], NumberStyles.None, CultureInfo.InvariantCulture, out long pages)
            ? pages * Environment.SystemPageSize
            : null;
    }

    /// <summary>Pages in memory, each divided by the number of processes that share it; where the kernel keeps that to itself, all of them.</summary>
    private long? Proportional(int processId)
    {
        string[] words = (_files.Value(string.Create(CultureInfo.InvariantCulture, $"proc/{processId}/smaps_rollup"), "Pss") ?? "").Split(' ');
        return long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long kib) ? kib * BytesPerKib : Resident(processId);
    }
}
