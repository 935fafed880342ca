using System.Globalization;

namespace Fleetmark.Agent.Telemetry;

/// <summary>What a process started, and what that started: read from the kernel's lists of children, one small file per thread.</summary>
internal static class ProcessTree
{
    /// <summary>The process and all below it.</summary>
    /// <param name="files">The kernel's files.</param>
    /// <param name="processId">The process.</param>
    internal static IEnumerable<int> Of(HostFiles files, int processId)
    {
        var open = new Stack<int>([processId]);
        while (open.TryPop(out int next))
        {
            yield return next;
            foreach (string thread in files.Names(string.Create(CultureInfo.InvariantCulture, $"proc/{next}/task")))
                foreach (string child in (files.Text($"proc/{next}/task/{thread}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    open.Push(int.Parse(child, CultureInfo.InvariantCulture));
        }
    }
}
