using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Fleetmark.Agent.Nvml;

/// <summary>NVIDIA's management library: the devices of this machine. Without the library, or without its driver, there are none.</summary>
internal sealed unsafe class NvmlLibrary : IDisposable
{
    /// <summary>A card has seven instances at most.</summary>
    private const uint MostInstances = 8;
    private const uint TextLength = 96;
    private const uint CudaMajor = 1000;
    private const uint CudaMinor = 10;

    private readonly NvmlFunctions? _functions;

    private NvmlLibrary(NvmlFunctions? functions, INvmlTimeline? timeline)
    {
        _functions = functions;
        Timeline = timeline;
    }

    /// <summary>Why there are no devices although there is a library; null when all is well or there is none.</summary>
    internal string? Problem { get; private init; }

    /// <summary>Wants to know where launches are; null for real devices.</summary>
    internal INvmlTimeline? Timeline { get; }

    /// <summary>True when the telemetry of its devices is replayed from a file.</summary>
    internal bool IsSimulated => Timeline is not null;

    /// <summary>Version of the driver, such as <c>570.86.15</c>.</summary>
    internal string? DriverVersion
    {
        get
        {
            byte* text = stackalloc byte[(int)TextLength];
            return _functions is not null && _functions.DriverVersion is not null && _functions.DriverVersion(text, TextLength) == NvmlCode.Success ? NvmlText.Read(text, TextLength) : null;
        }
    }

    /// <summary>Newest CUDA the driver knows, such as <c>12.8</c>.</summary>
    internal string? CudaVersion
    {
        get
        {
            uint version;
            return _functions is not null && _functions.CudaDriverVersion is not null && _functions.CudaDriverVersion(&version) == NvmlCode.Success
                ? string.Create(CultureInfo.InvariantCulture, $"{version / CudaMajor}.{version % CudaMajor / CudaMinor}")
                : null;
        }
    }

    /// <summary>Starts a library.</summary>
    /// <param name="symbols">Its symbols; null for a machine without one.</param>
    /// <param name="timeline">Wants to know where launches are; makes the devices simulated ones.</param>
    internal static NvmlLibrary Open(Func<string, nint>? symbols, INvmlTimeline? timeline = null)
    {
        if (symbols is null) return new NvmlLibrary(null, timeline);
        var functions = new NvmlFunctions(symbols);
        int code = functions.Init is null ? NvmlCode.NotFound : functions.Init();
        return code == NvmlCode.Success
            ? new NvmlLibrary(functions, timeline)
            : new NvmlLibrary(null, timeline) { Problem = $"the NVIDIA driver does not start: {Describe(functions, code)}" };
    }

    /// <summary>Its devices in the order of the bus; of a card that is divided, its instances.</summary>
    internal IReadOnlyList<NvmlDevice> Devices()
    {
        var devices = new List<NvmlDevice>();
        uint count = 0;
        if (_functions is null || _functions.Count is null || _functions.HandleByIndex is null || _functions.Count(&count) != NvmlCode.Success) return devices;
        for (uint i = 0; i < count; i++)
        {
            nint card;
            if (_functions.HandleByIndex(i, &card) != NvmlCode.Success) continue;
            var whole = new NvmlDevice(_functions, card, card);
            if (whole.IsDivided() == true) devices.AddRange(Instances(card));
            else devices.Add(whole);
        }

        return devices;
    }

    /// <summary>The device of that identity as the driver knows it now; null, with the driver's answer, when it does not.</summary>
    internal (NvmlDevice? Device, int Code) Find(string uuid)
    {
        if (_functions is null || _functions.HandleByUuid is null) return (null, NvmlCode.NotFound);
        nint handle;
        int code;
        fixed (byte* text = Encoding.UTF8.GetBytes(uuid + '\0')) code = _functions.HandleByUuid(text, &handle);
        NvmlDevice? found = code == NvmlCode.Success ? Devices().FirstOrDefault(device => device.Uuid() == uuid) : null;
        return (found, found is null && code == NvmlCode.Success ? NvmlCode.NotFound : code);
    }

    /// <summary>An answer in words.</summary>
    internal string Describe(int code) => Describe(_functions, code);

    public void Dispose()
    {
        if (_functions is not null && _functions.Shutdown is not null) _functions.Shutdown();
    }

    private List<NvmlDevice> Instances(nint card)
    {
        var instances = new List<NvmlDevice>();
        for (uint i = 0; _functions!.MigHandleByIndex is not null && i < MostInstances; i++)
        {
            nint instance;
            // Numbers of instances may have gaps.
            if (_functions.MigHandleByIndex(card, i, &instance) == NvmlCode.Success) instances.Add(new NvmlDevice(_functions, instance, card));
        }

        return instances;
    }

    private static string Describe(NvmlFunctions? functions, int code)
    {
        string? text = functions is not null && functions.ErrorString is not null ? Marshal.PtrToStringUTF8((nint)functions.ErrorString(code)) : null;
        return string.Create(CultureInfo.InvariantCulture, $"NVML code {code}{(text is null ? "" : $" ({text})")}");
    }
}
