using System.Globalization;

namespace Fleetmark.Agent.Telemetry;

/// <summary>What the machine was like when a launch began. It differs from launch to launch, so it is stored with each and is no part of what makes results comparable.</summary>
/// <param name="Load">Processes that wanted to run, averaged over the minute before; null where the kernel does not tell.</param>
/// <param name="Governor">Governor of the worker's first core; null where there is none to see.</param>
/// <param name="ClockMhz">Clock of that core.</param>
/// <param name="Cpus">The worker's cores.</param>
internal sealed record LaunchStart(double? Load, string? Governor, double? ClockMhz, IReadOnlyList<int> Cpus)
{
    private const double KilohertzPerMegahertz = 1000;

    /// <summary>Reads it.</summary>
    internal static LaunchStart Read(HostFiles files, IReadOnlyList<int> cpus)
    {
        string core = string.Create(CultureInfo.InvariantCulture, $"sys/devices/system/cpu/cpu{cpus[0]}/cpufreq");
        string[] load = (files.Text("proc/loadavg") ?? "").Split(' ');
        return new LaunchStart(
            double.TryParse(load[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double minute) ? minute : null,
            files.Text(core + "/scaling_governor"),
            files.Number(core + "/scaling_cur_freq") / KilohertzPerMegahertz,
            cpus);
    }
}
