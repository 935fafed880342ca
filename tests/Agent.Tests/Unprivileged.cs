using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Tests;

/// <summary>
/// Runs code as a user whom file permissions bind, also where the tests run as root: on Linux the user for files belongs to the thread, and this one ends with the code.
/// </summary>
internal static partial class Unprivileged
{
    private const uint Nobody = 65534;

    internal static Task Run(Action action) => Task.Factory.StartNew(
        () =>
        {
            if (Environment.IsPrivilegedProcess) _ = SetFileUser(Nobody);
            action();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously,
        TaskScheduler.Default);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
