using Fleetmark.Agent.Files;

namespace Fleetmark.Agent.Fleet;

/// <summary>
/// What keeps other agents of the machine away while a device works: the lock of a GPU is its own; that of a CPU is those of all devices, because a CPU is measured alone
/// on the machine.
/// </summary>
internal sealed class DeviceLocks : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<FileLock> _locks;

    private DeviceLocks(IReadOnlyList<FileLock> locks) => _locks = locks;

    /// <summary>False when one was taken away from under its holder.</summary>
    internal bool IsHeld => _locks.All(one => one.IsHeld);

    /// <summary>Takes them, or none and returns null while somebody else holds one.</summary>
    /// <param name="options">Where the locks lie.</param>
    /// <param name="device">The device that is to work.</param>
    /// <param name="all">All devices of the machine.</param>
    /// <exception cref="IOException">A lock cannot be asked for.</exception>
    internal static DeviceLocks? TryTake(AgentOptions options, Device device, IReadOnlyList<Device> all)
    {
        var taken = new List<FileLock>();
        try
        {
            foreach (Device one in device.IsCpu ? all : [device])
            {
                if (FileLock.TryTake(options.DeviceLock(one.Uuid)) is not { } held)
                {
                    Release(taken);
                    return null;
                }

                taken.Add(held);
            }
        }
        catch (IOException)
        {
            Release(taken);
            throw;
        }

        return new DeviceLocks(taken);
    }

    /// <summary>Waits for them.</summary>
    /// <param name="options">Where the locks lie.</param>
    /// <param name="device">The device that is to work.</param>
    /// <param name="all">All devices of the machine.</param>
    /// <param name="clock">Says when to look again.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="IOException">A lock cannot be asked for.</exception>
    internal static async Task<DeviceLocks> TakeAsync(AgentOptions options, Device device, IReadOnlyList<Device> all, TimeProvider clock, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(options, device, all) is { } taken) return taken;
            await Task.Delay(Look, clock, cancel);
        }
    }

    public void Dispose() => Release(_locks);

    private static void Release(IReadOnlyList<FileLock> locks)
    {
        foreach (FileLock one in locks) one.Dispose();
    }
}
