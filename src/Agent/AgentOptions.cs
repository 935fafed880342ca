using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent;

/// <summary>What the agent of a machine needs to know. Section "Agent". Nothing here comes from a plan.</summary>
public sealed class AgentOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Agent";

    /// <summary>
    /// Where the silo's agent gateway listens: <c>https://host:port</c>, <c>unix:/path/to/socket</c>, or <c>http://host:port</c> on loopback (elsewhere only with
    /// <see cref="Insecure"/>). No default.
    /// </summary>
    [Required]
    public string Gateway { get; set; } = "";

    /// <summary>Absolute path of the folder that holds spool, session epoch, credential and work folders. One agent at a time uses it. No default.</summary>
    [Required]
    public string DataFolder { get; set; } = "";

    /// <summary>Absolute path of the model cache, addressed by digest; may be shared by agents of one machine. No default.</summary>
    [Required]
    public string ModelsFolder { get; set; } = "";

    /// <summary>
    /// Folder of the device locks, the same for all agents of the machine. Default: <c>/run/lock</c>, where the agent may not write to that the folder for temporary files.
    /// </summary>
    public string? LockFolder { get; set; }

    /// <summary>Runtimes besides the built-in ones. One with the name of a built-in one takes its place.</summary>
    [ValidateEnumeratedItems]
    public IList<RuntimeOptions> Runtimes { get; } = [];

    /// <summary>Whether the workers that were installed beside the program (<c>workers/*/Fleetmark.Worker</c>) are offered. Default true.</summary>
    public bool BuiltInRuntimes { get; set; } = true;

    /// <summary>Cores that CPU cells use, such as <c>0-3,6</c>. Default: all that affinity and the CPU quota leave to the agent.</summary>
    public string Cpus { get; set; } = "";

    /// <summary>
    /// Memory in MiB that a worker and what it starts may use together; one that uses more is killed, and its launch fails as <c>out-of-memory</c>. At least 64. Default:
    /// the memory of the machine, or of the control group where that is less, but for an eighth of it and at least 1 GiB, which are for the system, the agent and the
    /// database; never less than half.
    /// </summary>
    [Range(64, int.MaxValue)]
    public int? WorkerMemoryMib { get; set; }

    /// <summary>How GPUs of NVIDIA are found and watched.</summary>
    [ValidateObjectMembers]
    public NvmlOptions Nvml { get; } = new();

    /// <summary>
    /// Digest of the container image the agent was started from, <c>sha256:</c> and 64 hexadecimal digits: whoever deploys it knows. It stands in the environment of every
    /// launch. Default: none.
    /// </summary>
    [RegularExpression("^sha256:[0-9a-f]{64}$")]
    public string? ImageDigest { get; set; }

    /// <summary>
    /// Whether GPUs are calibrated: a minute of load a week for each, the first time before it gets any work. Without, results carry the note <c>uncalibrated</c>, and a card
    /// that is slower at its power limit than it was is not noticed. Default true.
    /// </summary>
    public bool Calibrate { get; set; } = true;

    /// <summary>
    /// Whether the agent measures at its start what the harness adds to a call, once a week and for each new worker: a few seconds of one core. Without, tables say that the
    /// harness was not checked. Default true.
    /// </summary>
    public bool SelfCheck { get; set; } = true;

    /// <summary>Labels a plan may select by, such as <c>rack=a</c>: at most 64 of at most 64 characters <c>[a-z0-9._=/-]</c>.</summary>
    public IList<string> Labels { get; } = [];

    /// <summary>The agent's credential (<c>fma_…</c>). Default: the content of <see cref="CredentialFile"/>.</summary>
    public string? Credential { get; set; }

    /// <summary>File that holds the credential, read at every dial. Default: <c>credential</c> in <see cref="DataFolder"/>, if it exists.</summary>
    public string? CredentialFile { get; set; }

    /// <summary>File that holds a join token (<c>fmj_…</c>); used once, while there is no credential. Default: none.</summary>
    public string? TokenFile { get; set; }

    /// <summary>How people call this agent; unique in its fleet. Default: name of the machine and the begin of its key.</summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    public string? Name { get; set; }

    /// <summary>PEM file of the authority that signed the gateway's certificate, in place of those of the system.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Allows plaintext to a gateway that is neither on loopback nor a Unix socket. Default false.</summary>
    public bool Insecure { get; set; }

    /// <summary>How long running launches may go on when the agent is told to stop; zero ends them at once. Default 60 s; 0 to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(60);
}
