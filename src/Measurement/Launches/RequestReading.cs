using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Measurement.Launches;

/// <summary>A request line read: the request, or what is wrong with it.</summary>
public sealed record RequestReading
{
    private RequestReading(WorkerRequest? request, string? problem, bool otherProtocol)
    {
        Request = request;
        Problem = problem;
        IsOtherProtocol = otherProtocol;
    }

    /// <summary>The request; null when there is a problem.</summary>
    public WorkerRequest? Request { get; }

    /// <summary>One line for people; null when there is a request.</summary>
    public string? Problem { get; }

    /// <summary>True when the request asks for a protocol version that is not spoken here.</summary>
    public bool IsOtherProtocol { get; }

    /// <summary>True when <see cref="Request"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Request)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsAccepted => Request is not null;

    internal static RequestReading Accepted(WorkerRequest request) => new(request, null, false);

    internal static RequestReading Refused(string problem) => new(null, problem, false);

    internal static RequestReading OtherProtocol(string problem) => new(null, problem, true);
}
