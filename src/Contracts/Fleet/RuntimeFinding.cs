using System.Text.RegularExpressions;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Fleet;

/// <summary>What came of trying a runtime on a device. Where it works, the device's capabilities say so; where it does not, this says why.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.RuntimeFinding)]
public sealed partial record RuntimeFinding
{
    /// <summary><see cref="State"/> of what works.</summary>
    public const string Ok = "ok";

    /// <summary>Runtime flavour, such as <c>ort131-cuda13</c>.</summary>
    [Id(0)] public required string Flavour { get; init; }

    /// <summary>Execution provider; empty when the runtime did not even say which it has.</summary>
    [Id(1)] public required string Provider { get; init; }

    /// <summary><c>ok</c>, or why not: <c>unsupported-arch</c>, <c>missing-library</c>, <c>driver-too-old</c>, <c>error</c>.</summary>
    [Id(2)] public required string State { get; init; }

    /// <summary>One line for people; empty for what works.</summary>
    [Id(3)] public string Reason { get; init; } = "";

    /// <summary>True for what works.</summary>
    public bool IsOk => State == Ok;

    /// <summary>True when this is about a provider of a runtime, or about all of them.</summary>
    public bool IsAbout(string flavour, string provider) => Flavour == flavour && (Provider.Length == 0 || Provider == provider);

    /// <summary>Code of the cells that cannot be measured because of it, with the one word of the reason that says most.</summary>
    public string UnsupportedCode()
    {
        (string code, Regex? word) = State switch
        {
            "unsupported-arch" => (FailureCode.UnsupportedArchitecture, Architecture()),
            "missing-library" => (FailureCode.UnsupportedLibrary, Library()),
            "driver-too-old" => (FailureCode.UnsupportedDriver, Version()),
            _ => (FailureCode.UnsupportedError, null),
        };
        string detail = word?.Match(Reason).Value ?? "";
        return detail.Length > 0 && code.Length + 1 + detail.Length <= FailureCode.MaximumLength ? $"{code}:{detail}" : code;
    }

    [GeneratedRegex(@"\bsm_\d{2,3}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Architecture();

    [GeneratedRegex(@"\blib[a-z0-9_.+-]*[a-z0-9]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Library();

    [GeneratedRegex(@"\b\d+(\.\d+)+\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
