using System.Text;
using Fleetmark.Agent.Files;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Clocks;

/// <summary>
/// The cards whose clocks this agent locked, on disk: a lock outlives the agent that is killed, and the driver does not tell whose it is. A card stands here from before it
/// is locked until it is reset. Not for several threads at once.
/// </summary>
internal sealed class LockedCards(IOptions<AgentOptions> options)
{
    private readonly string _path = options.Value.LockedClocks();

    /// <summary>Their UUIDs.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal IReadOnlyList<string> All()
    {
        try
        {
            return File.Exists(_path) ? [.. File.ReadAllLines(_path).Where(line => line.Length > 0)] : [];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <exception cref="IOException">The disk or its permissions do not allow it.</exception>
    internal void Add(string uuid) => DurableFile.Write(_path, Encoding.UTF8.GetBytes(string.Join('\n', All().Union([uuid], StringComparer.Ordinal)) + '\n'));

    /// <exception cref="IOException">The disk or its permissions do not allow it.</exception>
    internal void Remove(string uuid) => DurableFile.Write(_path, Encoding.UTF8.GetBytes(string.Concat(All().Where(other => other != uuid).Select(other => other + '\n'))));
}
