using System.Globalization;
using System.Runtime.InteropServices;

namespace Fleetmark.Contracts.Jobs;

/// <summary>Job and attempt: the fence that every word about a leased job carries.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Attempt">Number of the attempt, from 1; rises with every lease.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AttemptKey(JobId JobId, int Attempt)
{
    /// <summary>Both numbers, such as <c>7-1</c>: the name of its files and in logs.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{JobId.Value}-{Attempt}");
}
