using System.Globalization;
using System.Runtime.InteropServices;
using Fleetmark.Cli.Plans;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Documents;
using Fleetmark.Storage.Clusters;

namespace Fleetmark.Cli.Machine;

/// <summary>Looks at what Fleetmark needs of this machine.</summary>
internal sealed class MachineInspection(FleetmarkHome home)
{
    private const long RoomForModels = 4L << 30;

    /// <summary>All checks, in the order a person would mend things.</summary>
    public async Task<IReadOnlyList<MachineCheck>> InspectAsync(CancellationToken cancel) =>
    [
        new MachineCheck(".NET", CheckVerdict.Ok, RuntimeInformation.FrameworkDescription),
        await PostgresAsync(cancel),
        Home(),
        Runtimes(),
        Gpu(),
        Governor(),
    ];

    private static async Task<MachineCheck> PostgresAsync(CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable("FLEETMARK_DATABASE") is { Length: > 0 } || Environment.GetEnvironmentVariable("FLEETMARK_DATABASE_FILE") is { Length: > 0 })
            return new MachineCheck("PostgreSQL", CheckVerdict.Ok, "a server is configured");
        try
        {
            IReadOnlyList<PostgresBinaries> found = await PostgresBinaries.FindAsync(Environment.GetEnvironmentVariable("FLEETMARK_PG_BIN"), cancel);
            return found.Count > 0
                ? new MachineCheck("PostgreSQL", CheckVerdict.Ok, $"{found[0].Major} in {found[0].Folder}")
                : new MachineCheck("PostgreSQL", CheckVerdict.Missing, "not found", "run `apt-get install postgresql`, or set FLEETMARK_DATABASE");
        }
        catch (ProblemException e)
        {
            return new MachineCheck("PostgreSQL", CheckVerdict.Missing, e.Problems[0].What, e.Problems[0].Remedy);
        }
    }

    private MachineCheck Home()
    {
        try
        {
            string place = NearestFolder();
            string probe = Path.Combine(place, $".probe-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            long free = new DriveInfo(place).AvailableFreeSpace;
            string room = string.Create(CultureInfo.InvariantCulture, $"{home.Path}, {free >> 30} GiB free");
            return free >= RoomForModels
                ? new MachineCheck("home", CheckVerdict.Ok, room)
                : new MachineCheck("home", CheckVerdict.Note, room, "the eight built-in models need 3 GiB; free some, or set FLEETMARK_HOME");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MachineCheck("home", CheckVerdict.Missing, $"{home.Path} cannot be written", "set FLEETMARK_HOME to a folder you can write");
        }
    }

    /// <summary>The home, or the folder it would be made in: looking makes none.</summary>
    private string NearestFolder()
    {
        string at = home.Path;
        while (!Directory.Exists(at))
        {
            if (Path.Exists(at)) throw new IOException($"{at} is no folder");
            at = Path.GetDirectoryName(at)!;
        }

        return at;
    }

    private MachineCheck Runtimes()
    {
        try
        {
            DeviceClass cpu = LocalDevices.Find(home)[0];
            string[] runtimes = [.. cpu.Capabilities.Where(c => c.StartsWith("runtime:", StringComparison.Ordinal)).Select(c => c["runtime:".Length..])];
            return runtimes.Length > 0
                ? new MachineCheck("workers", CheckVerdict.Ok, $"{string.Join(", ", runtimes)} for {cpu.DisplayName} ({cpu.Slug})")
                : new MachineCheck("workers", CheckVerdict.Missing, "none is installed beside the program", "build again with ./fleetmark");
        }
        catch (ProblemException e)
        {
            return new MachineCheck("workers", CheckVerdict.Missing, e.Problems[0].What, "correct the settings of the agent");
        }
    }

    private static MachineCheck Gpu()
    {
        if (!NativeLibrary.TryLoad("libnvidia-ml.so.1", out nint library)) return new MachineCheck("NVIDIA driver", CheckVerdict.Note, "none; this machine measures on its CPU");
        NativeLibrary.Free(library);
        return new MachineCheck("NVIDIA driver", CheckVerdict.Note, "found; this version measures on the CPU only");
    }

    private static MachineCheck Governor()
    {
        const string File = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
        if (!System.IO.File.Exists(File)) return new MachineCheck("CPU governor", CheckVerdict.Note, "not visible here (virtual machine or container)");
        string governor = System.IO.File.ReadAllText(File).Trim();
        return governor == "performance"
            ? new MachineCheck("CPU governor", CheckVerdict.Ok, governor)
            : new MachineCheck("CPU governor", CheckVerdict.Note, governor, "`cpupower frequency-set -g performance` makes numbers steadier");
    }
}
