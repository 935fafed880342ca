using Orleans.Concurrency;

namespace Fleetmark.Contracts.Runs;

/// <summary>Accepts a run, follows it, closes it. Key: run id.</summary>
[Alias(WireAliases.RunGrain)]
public interface IRunGrain : IGrainWithIntegerKey
{
    /// <summary>Expands the plan and stores run and jobs in one transaction. Repeating the same key gives the same run.</summary>
    [Alias("Submit")] Task<SubmitOutcome> Submit(SubmitRequest request, CancellationToken cancel);

    /// <summary>Hint that something happened to a job of the run. Losing one costs seconds: housekeeping repeats it.</summary>
    [OneWay, Alias("Progress")] Task Progress();

    /// <summary>Stops handing out jobs; what runs now is returned by its agent. The run can be resumed.</summary>
    [Alias("Interrupt")] Task Interrupt(CancellationToken cancel);

    /// <summary>Reopens an interrupted, partial or failed run; finished cells stay finished.</summary>
    [Alias("Resume")] Task Resume(CancellationToken cancel);
}
