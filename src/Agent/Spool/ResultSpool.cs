using System.Globalization;
using System.Text.Json;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Sessions;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Spool;

/// <summary>
/// Results that were measured and not yet acknowledged, one file each, oldest first. A result is on disk before anybody hears of it and goes only when a silo says
/// that it counts, counted before, or will never count. Files are <c>sequence-job-attempt.json</c>; refused ones move to <c>aside</c>.
/// </summary>
/// <param name="folder">The spool's folder; this process is the only one that uses it.</param>
/// <param name="space">Asks for the room on a folder's disk.</param>
/// <param name="clock">Ages what was moved aside.</param>
/// <param name="log">Where to say what happened.</param>
internal sealed partial class ResultSpool(string folder, Func<string, DiskSpace> space, TimeProvider clock, ILogger<ResultSpool> log)
{
    /// <summary>Bytes of waiting results at which the agent takes no more work.</summary>
    internal const long FullBytes = 1L << 30;

    /// <summary>Bytes of refused results that are kept.</summary>
    internal const long AsideBytes = 100L << 20;

    /// <summary>How long refused results are kept.</summary>
    internal static readonly TimeSpan AsideAge = TimeSpan.FromDays(7);

    private const double FullBelowFree = 0.05;
    private const string Ending = ".json";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, SpooledResult> _waiting = [];
    private readonly string _aside = Path.Combine(folder, "aside");
    private long _next = 1;

    /// <summary>Set by whoever added a result, once it may be sent.</summary>
    internal Pulse Changed { get; } = new();

    /// <summary>Number of waiting results.</summary>
    internal int Depth
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>True when no further result may be produced: too many wait, or the disk is nearly full.</summary>
    internal bool IsFull
    {
        get
        {
            DiskSpace disk = space(folder);
            if (disk.FreeBytes < disk.TotalBytes * FullBelowFree) return true;
            lock (_gate) return _waiting.Values.Sum(result => result.SizeBytes) >= FullBytes;
        }
    }

    /// <summary>Reads what an earlier process left. Files that were never finished are deleted: their result was never promised to anybody.</summary>
    internal void Open()
    {
        Directory.CreateDirectory(_aside);
        foreach (string torn in Directory.EnumerateFiles(folder, "*" + DurableFile.TemporaryEnding)) File.Delete(torn);
        lock (_gate)
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*" + Ending))
            {
                if (ParseName(file) is not var (sequence, attempt)) continue;
                _waiting[sequence] = new SpooledResult(attempt, file, new FileInfo(file).Length);
                _next = Math.Max(_next, sequence + 1);
            }
        }

        PruneAside();
    }

    /// <summary>The waiting results, oldest first.</summary>
    internal IReadOnlyList<SpooledResult> Waiting()
    {
        lock (_gate) return [.. _waiting.Values];
    }

    /// <summary>True while a result of this attempt waits.</summary>
    internal bool Contains(AttemptKey attempt)
    {
        lock (_gate) return _waiting.Values.Any(result => result.Attempt == attempt);
    }

    /// <summary>Puts a result on disk; when this returns it survives everything but the loss of the disk.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing was added.</exception>
    internal void Add(AttemptResult result)
    {
        byte[] json = result.ToUtf8Json();
        var attempt = new AttemptKey(new JobId(result.JobId), result.Attempt);
        lock (_gate)
        {
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{_next:D12}-{attempt}{Ending}"));
            DurableFile.Write(path, json);
            _waiting[_next++] = new SpooledResult(attempt, path, json.Length);
        }
    }

    /// <summary>
    /// The record and its bytes. Null when there are none to send now: a ruined file was moved aside, one that is gone was forgotten, and one that could not be read stays
    /// and is tried again.
    /// </summary>
    internal (AttemptResult Result, byte[] Json)? Read(SpooledResult spooled)
    {
        try
        {
            byte[] json = File.ReadAllBytes(spooled.Path);
            return (AttemptResult.FromUtf8Json(json), json);
        }
        catch (JsonException e)
        {
            LogRuined(spooled.Attempt, e.Message);
            MoveAside(spooled);
            return null;
        }
        catch (FileNotFoundException)
        {
            LogGone(spooled.Attempt);
            Forget(spooled);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(spooled.Attempt, e.Message);
            return null;
        }
    }

    /// <summary>A silo has it.</summary>
    internal void Delete(SpooledResult spooled)
    {
        File.Delete(spooled.Path);
        Forget(spooled);
    }

    /// <summary>No silo will ever take it; kept for a week for whoever wants to know.</summary>
    internal void MoveAside(SpooledResult spooled)
    {
        string target = Path.Combine(_aside, Path.GetFileName(spooled.Path));
        if (File.Exists(spooled.Path))
        {
            File.Move(spooled.Path, target, overwrite: true);
            File.SetLastWriteTimeUtc(target, clock.GetUtcNow().UtcDateTime);
        }

        Forget(spooled);
        PruneAside();
    }

    private void Forget(SpooledResult spooled)
    {
        lock (_gate)
        {
            if (_waiting.FirstOrDefault(entry => entry.Value.Path == spooled.Path) is { Value: not null } entry) _waiting.Remove(entry.Key);
        }
    }

    private void PruneAside()
    {
        DateTime oldest = (clock.GetUtcNow() - AsideAge).UtcDateTime;
        long kept = 0;
        foreach (FileInfo file in new DirectoryInfo(_aside).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name))
        {
            kept += file.Length;
            if (kept > AsideBytes || file.LastWriteTimeUtc < oldest) file.Delete();
        }
    }

    private static (long Sequence, AttemptKey Attempt)? ParseName(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('-');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long job)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int attempt)
            ? (sequence, new AttemptKey(new JobId(job), attempt))
            : null;
    }
}
