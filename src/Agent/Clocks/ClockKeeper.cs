using System.Globalization;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Nvml;
using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Clocks;

/// <summary>
/// Locks the clocks of a GPU for one launch and gives them back. Locks that somebody else set are left alone: only cards that this agent's own file names are reset without
/// having been locked by this process.
/// </summary>
internal sealed partial class ClockKeeper(NvmlLibrary gpus, LockedCards locked, ILogger<ClockKeeper> log)
{
    private readonly Lock _gate = new();

    /// <summary>Resets the cards that an earlier agent of this data folder left locked. One that does not let itself be reset keeps its place in the file.</summary>
    /// <exception cref="IOException">The file that names them cannot be read.</exception>
    internal void ResetLeftOver()
    {
        lock (_gate)
        {
            foreach (string uuid in locked.All())
                if (Reset(uuid)) LogLeftOver(uuid);
        }
    }

    /// <summary>Locks the clocks of a device that is the caller's alone. A launch that asks for nothing gets clocks that nobody of us holds.</summary>
    internal ClockLock Lock(Device device, ClockPolicy policy)
    {
        lock (_gate)
        {
            try
            {
                if (policy.IsFree) return IsLeftLocked(device) ? Refuse(FailureCode.DriverFault, device, policy, "the driver does not take back an earlier lock") : ClockLock.Free;
                if (device.IsCpu) return Refuse(FailureCode.UnsupportedClocksOfCpu, device, policy, "clocks are set on GPUs only");
                (NvmlDevice? card, int code) = gpus.Find(device.Uuid);
                if (card is null) return Refuse(FailureCode.DriverFault, device, policy, gpus.Describe(code));
                if (card.IsMigInstance) return Refuse(FailureCode.UnsupportedClocksOfSharedCard, device, policy, "the other instances of the card would feel it");
                return Clock(card, policy) is { } megahertz
                    ? Lock(device, card, policy, megahertz)
                    : Refuse(FailureCode.UnsupportedClocksNotOffered, device, policy, "the driver does not tell that clock");
            }
            catch (IOException e)
            {
                return Refuse(FailureCode.Internal, device, policy, e.Message);
            }
        }
    }

    private ClockLock Lock(Device device, NvmlDevice card, ClockPolicy policy, uint megahertz)
    {
        locked.Add(device.Uuid);
        int code = card.LockClocks(megahertz);
        if (code == NvmlCode.Success)
        {
            LogLocked(device.Uuid, megahertz, policy.ToString());
            return ClockLock.Held((int)megahertz, () => Release(device.Uuid));
        }

        locked.Remove(device.Uuid);
        return code switch
        {
            NvmlCode.NoPermission => Refuse(FailureCode.UnsupportedClocksNeedRoot, device, policy, $"{gpus.Describe(code)}; an agent that runs as root may"),
            NvmlCode.NotSupported or NvmlCode.InvalidArgument => Refuse(
                FailureCode.UnsupportedClocksNotOffered, device, policy, string.Create(CultureInfo.InvariantCulture, $"the card does not offer {megahertz} MHz: {gpus.Describe(code)}")),
            _ => Refuse(FailureCode.DriverFault, device, policy, gpus.Describe(code)),
        };
    }

    /// <summary>True for a device that could not be reset before and still cannot be.</summary>
    private bool IsLeftLocked(Device device) => !device.IsCpu && locked.All().Contains(device.Uuid, StringComparer.Ordinal) && !Reset(device.Uuid);

    private static uint? Clock(NvmlDevice card, ClockPolicy policy) => policy.Rule switch
    {
        ClockRule.Base => card.BaseSmClockMhz(),
        ClockRule.Maximum => card.MaximumSmClockMhz(),
        _ => (uint)policy.Megahertz,
    };

    private void Release(string uuid)
    {
        lock (_gate) Reset(uuid);
    }

    private bool Reset(string uuid)
    {
        (NvmlDevice? card, int code) = gpus.Find(uuid);
        if (card is not null) code = card.ResetClocks();
        if (code != NvmlCode.Success)
        {
            LogStaysLocked(uuid, gpus.Describe(code));
            return false;
        }

        try
        {
            locked.Remove(uuid);
        }
        catch (IOException e)
        {
            // It is reset; that a later agent resets it once more does no harm.
            LogNotForgotten(uuid, e.Message);
        }

        return true;
    }

    private static ClockLock Refuse(string code, Device device, ClockPolicy policy, string why) =>
        ClockLock.Refused(code, $"clocks '{policy}' cannot be had on {device.Name} {device.Uuid}: {why}");

    [LoggerMessage(5950, LogLevel.Information, "Device {Device} is locked to {Megahertz} MHz ({Policy})")]
    private partial void LogLocked(string device, uint megahertz, string policy);

    [LoggerMessage(5951, LogLevel.Warning, "Device {Device} was left with locked clocks by an earlier agent and is reset")]
    private partial void LogLeftOver(string device);

    [LoggerMessage(5952, LogLevel.Error, "Device {Device} keeps its locked clocks: {Reason}")]
    private partial void LogStaysLocked(string device, string reason);

    [LoggerMessage(5953, LogLevel.Warning, "Device {Device} is reset, but stays in the list of locked cards: {Reason}")]
    private partial void LogNotForgotten(string device, string reason);
}
