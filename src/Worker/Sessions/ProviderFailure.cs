using System.Text.RegularExpressions;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// What the texts of ONNX Runtime, CUDA, cuDNN and TensorRT say about a provider that does not work on a device, in the words of <see cref="DeviceCapability.State"/>.
/// They are for people and differ between versions, so this knows words of them, not whole sentences.
/// </summary>
/// <param name="State">One of the words.</param>
/// <param name="Reason">One line for people.</param>
internal sealed partial record ProviderFailure(string State, string Reason)
{
    private const int LongestReason = 160;

    /// <summary>Kernels for the device's architecture are not in the libraries.</summary>
    private static readonly string[] ArchitectureWords =
    [
        "no kernel image", "NoKernelImageForDevice", "ARCH_MISMATCH", "invalid device function", "is not supported by this TensorRT release", "no longer supports GPU",
    ];

    /// <summary>The driver does not know what the libraries need.</summary>
    private static readonly string[] DriverWords =
    [
        "driver version is insufficient", "InsufficientDriver", "unsupported toolchain", "UnsupportedPtxVersion", "forward compatibility was attempted",
        "CompatNotSupportedOnDevice", "SystemDriverMismatch", "display driver / cuda driver combination",
    ];

    /// <summary>A library, or the provider itself, is not there.</summary>
    private static readonly string[] LibraryWords =
    [
        "cannot open shared object file", "not enabled in this build", "Failed to load library", "Failed to load shared library", "Unable to load shared library",
        "Unable to find an entry point", "Unable to load any of", "undefined symbol", "SUBLIBRARY_LOADING_FAILED", "VERSION_MISMATCH",
    ];

    /// <summary>What a text means. The texts name a cause inside a consequence, so the driver counts before the library that could not start without it.</summary>
    /// <param name="text">Of an exception.</param>
    /// <param name="device">The device; null for the CPU.</param>
    /// <param name="flavour">Of this worker.</param>
    internal static ProviderFailure Of(string text, LaunchDevice? device, string flavour)
    {
        if (Has(text, ArchitectureWords)) return new(DeviceCapability.UnsupportedArchitecture, $"{flavour} has no kernels for {Architecture(device)}");
        if (Has(text, DriverWords)) return new(DeviceCapability.DriverTooOld, $"the driver{Version(device)} is too old for {flavour}");
        if (Has(text, LibraryWords)) return new(DeviceCapability.MissingLibrary, Library(text) is { } library ? $"{library} cannot be found" : Line(text));
        return new(DeviceCapability.Error, Line(text));
    }

    /// <summary>The first line of a text, without the place in the runtime's sources, short.</summary>
    internal static string Line(string text)
    {
        string line = CodeWord().Replace(text, "").Trim().Split('\n')[0].Trim();
        return line.Length <= LongestReason ? line : $"{line[..LongestReason]}…";
    }

    private static bool Has(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Architecture(LaunchDevice? device) => device?.ComputeCapability is { Length: > 0 } capability
        ? $"compute capability {capability} (sm_{capability.Replace(".", "", StringComparison.Ordinal)})"
        : "this architecture";

    private static string Version(LaunchDevice? device) => device?.Driver is { Length: > 0 } driver ? $" {driver}" : "";

    /// <summary>The library that was looked for, not the one that asked for it.</summary>
    private static string? Library(string text) => MissingObject().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"(?<name>lib[\w.+-]+): cannot open shared object file", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingObject();

    [GeneratedRegex(@"^\[ErrorCode:\w+\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeWord();
}
