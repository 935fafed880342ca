using System.Text;

namespace Fleetmark.Agent.Nvml;

/// <summary>Texts the library writes into a buffer.</summary>
internal static unsafe class NvmlText
{
    /// <summary>What stands before the 0, or all of it where there is none.</summary>
    internal static string Read(byte* text, uint length)
    {
        var bytes = new ReadOnlySpan<byte>(text, (int)length);
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
