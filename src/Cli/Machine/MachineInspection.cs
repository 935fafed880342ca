using System.Globalization;
using System.Runtime.InteropServices;
using Fleetmark.Agent.Fleet;
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
        .. await RuntimesAsync(cancel),
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

    /// <summary>What works on each device in one line, and one line for each thing that does not, with its reason.</summary>
    private async Task<IReadOnlyList<MachineCheck>> RuntimesAsync(CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<DeviceClass> devices = await LocalDevices.FindAsync(home, cancel);
            return [Working(devices), .. devices.SelectMany(device => device.Findings.Where(finding => !finding.IsOk).Select(finding => Broken(device, finding)))];
        }
        catch (ProblemException e) when (e.Problems[0].Code == LocalMachine.InUse)
        {
            return [new MachineCheck("workers", CheckVerdict.Note, e.Problems[0].What, e.Problems[0].Remedy)];
        }
        catch (ProblemException e)
        {
            return [new MachineCheck("workers", CheckVerdict.Missing, e.Problems[0].What, "correct the settings of the agent")];
        }
    }

    private static MachineCheck Working(IReadOnlyList<DeviceClass> devices)
    {
        string[] lines = [.. devices.Select(device => $"{device.DisplayName} ({device.Slug}): {Offer(device)}")];
        return devices.Any(device => device.Capabilities.Count > 0)
            ? new MachineCheck("workers", CheckVerdict.Ok, string.Join("; ", lines))
            : new MachineCheck("workers", CheckVerdict.Missing, "no runtime works on a device of this machine", "build again with ./fleetmark");
    }

    private static string Offer(DeviceClass device)
    {
        IEnumerable<string> works = device.Findings.Where(finding => finding.IsOk).GroupBy(finding => finding.Flavour, finding => finding.Provider, StringComparer.Ordinal)
            .Select(runtime => $"{runtime.Key} ({string.Join(", ", runtime)})");
        return string.Join(", ", works) is { Length: > 0 } offer ? offer : "nothing, no runtime for it works";
    }

    private static MachineCheck Broken(DeviceClass device, RuntimeFinding finding) => new(
        $"{string.Join(' ', ((string[])[finding.Flavour, finding.Provider]).Where(word => word.Length > 0))} on {device.Slug}",
        CheckVerdict.Note,
        $"{finding.State}: {finding.Reason}",
        "docs/runtimes.md says what each runtime needs");

    private static MachineCheck Gpu()
    {
        if (!NativeLibrary.TryLoad("libnvidia-ml.so.1", out nint library)) return new MachineCheck("NVIDIA driver", CheckVerdict.Note, "none; this machine measures on its CPU");
        NativeLibrary.Free(library);
        return new MachineCheck("NVIDIA driver", CheckVerdict.Ok, "found");
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
