using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker;

/// <summary>One process, one request: a launch, a question what this machine can do or what the timing path adds to a call, or a model file to build.</summary>
internal static class Program
{
    private static int Main()
    {
        // First of all: native libraries print to descriptor 1, which would otherwise be the protocol.
        using ProtocolChannel channel = ProtocolChannel.TakeStandardOutput();
        return new OneRequest(channel, new RequestLines(Console.OpenStandardInput())).Answer();
    }
}
