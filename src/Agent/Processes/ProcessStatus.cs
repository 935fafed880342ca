using System.Globalization;

namespace Fleetmark.Agent.Processes;

/// <summary>The facts of <c>/proc/PID/stat</c> that are used here (proc(5)); times in clock ticks.</summary>
/// <param name="StartTicks">Start of the process since boot; with the number it names one process.</param>
/// <param name="CpuTicks">User and system time of all its threads and of the children it waited for.</param>
/// <param name="IsGone">True for a process that ended and was not waited for yet.</param>
internal sealed record ProcessStatus(long StartTicks, long CpuTicks, bool IsGone)
{
    private const int State = 0;
    private const int UserTime = 11;
    private const int TimeFields = 4;
    private const int StartTime = 19;

    /// <summary>Reads it; null when there is no such process.</summary>
    internal static ProcessStatus? Of(int processId)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat")));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Parses the line. The name of the program stands in brackets and may hold anything, brackets too: fields are counted from the last one.</summary>
    internal static ProcessStatus? Parse(string line)
    {
        int name = line.LastIndexOf(')');
        if (name < 0) return null;
        string[] fields = line[(name + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartTime) return null;
        long cpu = 0;
        for (int field = UserTime; field < UserTime + TimeFields; field++) cpu += Number(fields[field]);
        return new ProcessStatus(Number(fields[StartTime]), cpu, fields[State] is "Z" or "X");
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : 0;
}
