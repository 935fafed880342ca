using System.ComponentModel.DataAnnotations;

namespace Fleetmark.Agent;

/// <summary>
/// An executable that speaks the worker protocol. Only the agent's own configuration names executables; a plan names a runtime and scalar options.
/// </summary>
public sealed class RuntimeOptions
{
    /// <summary>Name plans and cells use, such as <c>openvino-2026</c>.</summary>
    [Required, RegularExpression("^[a-z0-9][a-z0-9.-]{0,31}$")]
    public string Name { get; set; } = "";

    /// <summary>Absolute path of the program. It is refused when others may write to it.</summary>
    [Required, RegularExpression("^/.+$")]
    public string Executable { get; set; } = "";

    /// <summary>Arguments, one entry each; no shell sees them. Default none.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>Environment variables besides the few every worker gets. Default none.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Vendors of the devices it is tried on, such as <c>cpu</c>. Default <c>cpu</c>.</summary>
    public IList<string> Devices { get; } = [];

    /// <summary>SHA-256 the program must have, 64 hexadecimal digits. Default: not checked.</summary>
    [RegularExpression("^[0-9A-Fa-f]{64}$")]
    public string? Sha256 { get; set; }

    /// <summary>Whether it answers <c>build</c>, <c>convert</c> and <c>inspect</c> requests and so writes the files of built-in and of FP16 models, and proves what it computes in. Default false; true for the built-in runtimes.</summary>
    public bool BuildsModels { get; set; }
}
