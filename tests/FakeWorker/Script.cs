using System.Globalization;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.FakeWorker;

/// <summary>
/// What a fake worker is to do: a word, perhaps with an argument (<c>hang:sample</c>). The option <c>fake</c> of a launch, or of one that is inspected, comes first, then the variable
/// <c>FLEETMARK_FAKE</c> of the runtime, else all goes well. The time of a call is <c>FLEETMARK_FAKE_NANOSECONDS</c> per image (option <c>fake-nanoseconds</c>),
/// 1 ms by default.
/// </summary>
internal sealed record Script(string Word, string Argument, long NanosecondsPerImage)
{
    internal const string WordOption = "fake";
    internal const string NanosecondsOption = "fake-nanoseconds";
    private const long Default = 1_000_000;

    internal static Script Of(WorkerRequest? request)
    {
        IReadOnlyDictionary<string, string> options = (request as LaunchRequest ?? (request as InspectRequest)?.Launch)?.Options ?? new Dictionary<string, string>(StringComparer.Ordinal);
        string text = options.GetValueOrDefault(WordOption) ?? Environment.GetEnvironmentVariable("FLEETMARK_FAKE") ?? "measure";
        string nanoseconds = options.GetValueOrDefault(NanosecondsOption) ?? Environment.GetEnvironmentVariable("FLEETMARK_FAKE_NANOSECONDS") ?? "";
        string[] parts = text.Split(':', 2);
        return new Script(
            parts[0],
            parts.Length > 1 ? parts[1] : "",
            long.TryParse(nanoseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long given) && given > 0 ? given : Default);
    }
}
