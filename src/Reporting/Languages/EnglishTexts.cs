using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Reporting.Languages;

/// <summary>The English texts.</summary>
internal sealed class EnglishTexts : Texts
{
    internal override string State(CellState state) => state switch
    {
        CellState.Valid => "valid",
        CellState.Unstable => "unstable",
        CellState.Throttled => "throttled",
        CellState.Contended => "contended",
        CellState.Failed => "failed",
        CellState.Unsupported => "unsupported",
        CellState.Queued => "queued",
        CellState.Running => "running",
        CellState.Retrying => "retrying",
        CellState.Stale => "stale",
        CellState.Missing => "not measured",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    internal override string Unstable => "unstable: the time did not settle, or its spread is wider than the effort allows";
    internal override string Throttled => "throttled: the device slowed itself down while it was measured";
    internal override string Contended => "contended: somebody else used the device or its cores";
    internal override string Stale => "stale: a value of an earlier run";
    internal override string Pending => "not measured yet";
    internal override string Retrying(int attempt) => $"attempt {attempt} pending";
    internal override string RetryingMark => "waits for attempt n";
    internal override string Failed => "every attempt failed";
    internal override string Unsupported => "not supported";
    internal override string Missing => "not measured";
    internal override string NeedsSamples => "this statistic needs more samples or launches";
    internal override string NotPlanned => "not in the plan";
    internal override string NotPublished => "nothing published";

    internal override string Reason(string code) => code switch
    {
        ReasonWord.NotMeasuredHere => "not measured in this run",
        ReasonWord.NotCounted => "an operator of the model could not be counted",
        ReasonWord.OtherSize => "counted at the model's own input size only",
        ReasonWord.NoEnergy => "the device or the worker tells no energy",
        ReasonWord.NoReferences => "references are not part of this version",
        _ => FailureCode.Sentence(code),
    };

    internal override string Note(string word) => word switch
    {
        "few-launches" => "fewer launches than an interval or a comparison needs",
        "no-interval" => "too few samples for an interval within a launch",
        "warm-up-unreported" => "the worker did not say how it warmed up",
        "warm-up-untested" => "too slow for the warm-up test; warmed up by calls",
        "target-missed" => "the interval is wider than the effort aims at",
        "launch-spread" => "launches differ by more than the noise inside them",
        FailureCode.WrongOutput => "launches whose output differs from the first one's do not count",
        "uncalibrated" => "the device has no calibration yet",
        "uncounted" => "a counter of the device is not supported",
        "precision-unproven" => "the worker did not say in which precision it computed",
        "not-steady" => "the warm-up did not reach a steady state",
        "drift" => "the time drifted while it was measured",
        "simulated" => "the telemetry of the device is replayed from a file: no measurement of such a device",
        "below-locked-clock" => "the device did not keep the clock it was locked to",
        EnergyTelemetry.UnmeasuredNote => "energy was asked for and could not be measured",
        EnergyTelemetry.EstimatedNote => "energy summed up from power readings, because the device does not count it",
        "violation-discarded" => "a counter of the device ran ahead of the clock and was not believed",
        _ when word.StartsWith("bimodal", StringComparison.Ordinal) => "the samples gather around two values",
        _ when word.Split(" of ") is [string counted, string started] => $"{counted} of {started} launches count, the others failed or were disturbed",
        _ => word,
    };

    internal override string AllNumbers(string remark) => $"all numbers: {remark}";

    internal override string RanAs(string effective) =>
        effective == EffectivePrecision.Emulated ? "computed in FP32, with weights rounded to FP16" : $"computed as {effective}";

    internal override string Colon => ": ";
    internal override string NoRows => "no rows";
    internal override string ValidOf(int valid, int total) => $"{valid} of {total} valid";
    internal override string Simulated => " (simulated devices)";
    internal override string PlotsHeading => "Plots";
    internal override string ProvenanceHeading => "Provenance";
    internal override string DataOfPlot => "Data of this plot";
    internal override string Interval(string low, string high) => $"95% interval {low} to {high}";

    internal override string RunLine(string version, string plan, string run, string dates, string effort, int valid, int total, int retried) =>
        $"Fleetmark {version} · plan {plan} · run {run} · {dates} · effort {effort} · {valid} of {total} cells valid{(retried > 0 ? $", {retried} retried" : "")}";

    internal override string Unfinished(string start) => $"{start} UTC, not finished";
    internal override string Devices(int count) => count == 1 ? "1 device" : $"{count} devices";
    internal override string NothingMeasuredOn => "nothing measured";
    internal override string Driver => "driver";
    internal override string SimulatedClass => "simulated";

    internal override string Protocol(string scope, string statistic, string launches, string samples, long orderSeed) =>
        $"Protocol {scope}, {statistic} of {launches} launches with {samples} samples a cell, 95% interval, ms per batch, random inputs, order seed {orderSeed}";

    internal override string ProtocolUnmeasured(string scope, string statistic, long orderSeed) =>
        $"Protocol {scope}, {statistic}, ms per batch, random inputs, order seed {orderSeed}; nothing measured here";

    internal override string ThroughputProtocol(string scope, int seconds, string launches, string samples, long orderSeed) =>
        $"Protocol {scope}, throughput: images of the calls that concurrent closed loops begin and end in a window of at least {seconds} s, per second; median of {launches} launches with {samples} samples a cell, 95% interval, latency under load, random inputs, order seed {orderSeed}";

    internal override string ThroughputProtocolUnmeasured(string scope, int seconds, long orderSeed) =>
        $"Protocol {scope}, throughput: images of the calls that concurrent closed loops begin and end in a window of at least {seconds} s, per second; random inputs, order seed {orderSeed}; nothing measured here";

    internal override string ScopeOf(bool endToEnd) => endToEnd ? "e2e (copies included)" : "device (copies excluded)";

    internal override string Parity(int models, int agreements, int ties, int inputs, string difference, string cosine) =>
        $"FP16 models against their FP32 sources ({models}): same top-1 on {agreements} of {inputs} seeded inputs{(ties > 0 ? $", {ties} more are ties in FP16" : "")}, largest difference {difference}, smallest cosine {cosine}";

    internal override string KeptInSingle(string model, int nodes, string? overflow) =>
        $"{model}: {(nodes == 1 ? "1 node" : $"{nodes} nodes")} in FP32{(overflow is null ? "" : $" ({overflow} overflowed)")}";

    internal override string Harness(IEnumerable<string> ratios) => $"Harness: a timed call takes {string.Join(", ", ratios)} of one through the runtime's C API alone";
    internal override string HarnessRatio(string ratio, string microseconds) => $"{ratio} (at {microseconds} µs)";
    internal override string HarnessBeyondLimits(int count, int machines) => $"beyond the limits on {OfMachines(count, machines)}";
    internal override string HarnessNotMeasurable(int count, int machines) => $"not measurable on {OfMachines(count, machines)}";
    internal override string HarnessMissing(int count, int machines) => $"not checked on {OfMachines(count, machines)}";
    internal override string HarnessUnchecked => "Harness: not checked";

    internal override string SyntheticWeights(string recipes, int models, int total) => $"synthetic weights ({recipes}) for {models} of {total} models";
    internal override string AccuracyNotMeasured => "Accuracy: not measured in this run";
    internal override string FlopsConvention(string convention) => $"FLOPS {convention}";
    internal override string ParametersConvention(string convention) => $"parameters {convention}";
    internal override string ComparedWithNothing => "Compared with nothing";
    internal override string Digest(string sha256) => $"digest sha256:{sha256}";

    internal override string LatencyByFlops => "Latency and FLOPs";
    internal override string LatencyByParameters => "Latency and parameters";
    internal override string BatchScaling => "Batch scaling";
    internal override string PlotTitle(string what, string where, string run) => $"{what}: {where} (run {run})";
    internal override string WhereInRun(string where, string run) => $"{where} · run {run}";
    internal override string Batch(int batch) => $"batch {batch}";
    internal override string FlopsAxis => "FLOPs (G, paddleclas_2020)";
    internal override string ParametersAxis => "parameters (M, no_bias)";
    internal override string LatencyAxis => "p50 latency (ms per batch)";
    internal override string BatchAxis => "batch size";
    internal override string Model => "Model";
    internal override string Ideal => "dotted: in proportion to the batch";
    internal override string NothingToDraw => "no valid cell to draw";
    internal override string LeftOut(int count) => count == 1 ? "1 model without a valid value is left out" : $"{count} models without a valid value are left out";

    internal override string ScatterDescription(int models, string fastest, string slowest) =>
        models == 1 ? $"1 model: {fastest}." : $"{models} models; fastest {fastest}, slowest {slowest}.";

    internal override string ScalingDescription(int models, string batches) =>
        models == 1 ? $"1 model at batch sizes {batches}." : $"{models} models at batch sizes {batches}.";

    private static string OfMachines(int count, int machines) => machines == 1 ? "the machine" : $"{count} of {machines} machines";
}
