namespace Fleetmark.Agent;

/// <summary>Where things lie below the configured folders.</summary>
internal static class AgentFolders
{
    /// <summary>Everybody may write to the first on some systems and only root on others.</summary>
    private static readonly string DefaultLocks = FirstWritable("/run/lock", Path.GetTempPath());

    /// <summary>Results that wait.</summary>
    internal static string Spool(this AgentOptions options) => Path.Combine(options.DataFolder, "spool");

    /// <summary>Work folders of the workers that run.</summary>
    internal static string Work(this AgentOptions options) => Path.Combine(options.DataFolder, "work");

    /// <summary>What inspections of models found out.</summary>
    internal static string Inspections(this AgentOptions options) => Path.Combine(options.DataFolder, "inspections");

    /// <summary>Calibrations of the cards.</summary>
    internal static string Calibrations(this AgentOptions options) => Path.Combine(options.DataFolder, "calibration");

    /// <summary>What the harness adds to a call here.</summary>
    internal static string SelfCheckRecord(this AgentOptions options) => Path.Combine(options.DataFolder, "selfcheck.json");

    /// <summary>UUIDs of the cards whose clocks this agent locked.</summary>
    internal static string LockedClocks(this AgentOptions options) => Path.Combine(options.DataFolder, "locked-clocks");

    /// <summary>Number of the newest session.</summary>
    internal static string Epoch(this AgentOptions options) => Path.Combine(options.DataFolder, "epoch");

    /// <summary>Held while an agent uses the data folder.</summary>
    internal static string OwnLock(this AgentOptions options) => Path.Combine(options.DataFolder, "agent.lock");

    /// <summary>The credential, unless it is given.</summary>
    internal static string CredentialPath(this AgentOptions options) => options.CredentialFile ?? Path.Combine(options.DataFolder, "credential");

    /// <summary>Held while a launch uses a device, by whichever agent of this machine.</summary>
    internal static string DeviceLock(this AgentOptions options, string deviceUuid) =>
        Path.Combine(options.LockFolder ?? DefaultLocks, $"fleetmark-{deviceUuid}.lock");

    /// <summary>The folder this user can make files in; found out by making one, because that alone asks everything the system may have against it.</summary>
    internal static string FirstWritable(string wanted, string otherwise)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(wanted, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return wanted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
