using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary><c>nvmlPciInfo_t</c> of version 3: 68 bytes. The two texts only hold their places: they say again what the numbers say.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlPciAddress
{
    internal ShortText ShortBusId;

    internal uint Domain;

    internal uint Bus;

    internal uint Device;

    internal uint DeviceId;

    internal uint SubsystemId;

    internal LongText BusId;

    /// <summary>The address as the kernel's folders name it: <c>0000:3b:00.0</c>. A device is a function of its own, so the last digit is 0.</summary>
    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Domain:x4}:{Bus:x2}:{Device:x2}.0");

    /// <summary>16 bytes.</summary>
    [InlineArray(16)]
    internal struct ShortText
    {
        private byte _first;
    }

    /// <summary>32 bytes.</summary>
    [InlineArray(32)]
    internal struct LongText
    {
        private byte _first;
    }
}
