using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Jobs;

internal sealed partial class AttemptRunner
{
    [LoggerMessage(5500, LogLevel.Information, "{Model} measured by attempt {Attempt}: p50 {MedianUs} µs, {State}")]
    private partial void LogMeasured(string model, AttemptKey attempt, double medianUs, MeasurementState state);
}
