namespace Fleetmark.Agent;

/// <summary>Where things lie below the configured folders.</summary>
internal static class AgentFolders
{
    private const string SystemLocks = "/run/lock";

    /// <summary>Results that wait.</summary>
    internal static string Spool(this AgentOptions options) => Path.Combine(options.DataFolder, "spool");

    /// <summary>Work folders of the workers that run.</summary>
    internal static string Work(this AgentOptions options) => Path.Combine(options.DataFolder, "work");

    /// <summary>Number of the newest session.</summary>
    internal static string Epoch(this AgentOptions options) => Path.Combine(options.DataFolder, "epoch");

    /// <summary>Held while an agent uses the data folder.</summary>
    internal static string OwnLock(this AgentOptions options) => Path.Combine(options.DataFolder, "agent.lock");

    /// <summary>The credential, unless it is given.</summary>
    internal static string CredentialPath(this AgentOptions options) => options.CredentialFile ?? Path.Combine(options.DataFolder, "credential");

    /// <summary>Held while a launch uses a device, by whichever agent of this machine.</summary>
    internal static string DeviceLock(this AgentOptions options, string deviceUuid) =>
        Path.Combine(options.LockFolder ?? (Directory.Exists(SystemLocks) ? SystemLocks : Path.GetTempPath()), $"fleetmark-{deviceUuid}.lock");
}
