using System.ComponentModel.DataAnnotations;

namespace Fleetmark.Silo.Jobs;

/// <summary>How work is handed out and how long leases live. Section <c>Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    /// <summary>Life of a lease without renewal. Default 60 s; 2 s to 10 min; at least 3 × <see cref="RenewEvery"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a silo renews what its agents report running. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:02:00")]
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a pool with idle devices looks for jobs that nobody told it of. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often expired leases and forgotten runs are looked for. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HousekeepEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a pool believes a silo that says nothing. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SiloSilence { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an agent may take to say that it has an assignment. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan AcceptWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Waiting jobs a pool looks at in one round. Default 256.</summary>
    [Range(1, 10_000)]
    public int LookAhead { get; set; } = 256;

    /// <summary>Jobs leased in one statement. Default 256.</summary>
    [Range(1, 1_000)]
    public int BatchSize { get; set; } = 256;
}
