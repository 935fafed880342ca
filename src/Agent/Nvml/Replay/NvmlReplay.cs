namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>
/// NVML whose values come from a file. The binding calls it through the same function pointers as the driver's library. Functions called by pointer have no object, so
/// what is replayed is known to the whole process: opening another file replaces it, opening the same one again shares it, as two users of the real library would.
/// </summary>
internal sealed class NvmlReplay : INvmlTimeline
{
    private static readonly Lock Gate = new();
    private static volatile NvmlReplay? _current;

    private readonly string _path;

    private NvmlReplay(string path, IReadOnlyList<ReplayTrack> tracks)
    {
        _path = path;
        Tracks = tracks;
    }

    /// <summary>Its devices. The handle of one is its place here, counted from 1.</summary>
    internal IReadOnlyList<ReplayTrack> Tracks { get; }

    /// <summary>What is replayed now.</summary>
    internal static NvmlReplay Current => _current ?? throw new InvalidOperationException("nothing is replayed");

    /// <summary>Opens a file.</summary>
    /// <exception cref="Documents.ProblemException">It is no replay file.</exception>
    internal static NvmlLibrary Open(string path, TimeProvider clock)
    {
        lock (Gate)
        {
            if (_current?._path != path) _current = new NvmlReplay(path, [.. ReplayFile.Read(path).Devices.Select(one => new ReplayTrack(one.Device, one.States, clock))]);
            return NvmlLibrary.Open(ReplayFunctions.Symbol, _current);
        }
    }

    public void Begin(string uuid) => Find(uuid)?.Begin();

    public void Sample(string uuid) => Find(uuid)?.Sample();

    public void End(string uuid) => Find(uuid)?.End();

    /// <summary>The device of that identity, or null.</summary>
    internal ReplayTrack? Find(string uuid) => Tracks.FirstOrDefault(track => track.Device.Uuid == uuid);
}
