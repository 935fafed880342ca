using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary>How a card is connected at one moment; an idle card lets its link slow down. Null what it does not tell.</summary>
/// <param name="Generation">Of PCI Express, such as 3.</param>
/// <param name="Width">In lanes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PcieLink(uint? Generation, uint? Width);
