using System.Security.Cryptography;
using System.Text;
using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>What came out of reading a plan: the plan, or everything that is wrong with it.</summary>
public sealed record PlanReading
{
    private PlanReading()
    {
    }

    /// <summary>The plan with every default filled in; null when there are problems.</summary>
    public BenchmarkPlan? Plan { get; private init; }

    /// <summary>All problems in the order of the document; empty when the plan is good.</summary>
    public IReadOnlyList<Problem> Problems { get; private init; } = [];

    /// <summary>Version of a plan: SHA-256 of its source in UTF-8 as written, 64 lower-case hexadecimal digits.</summary>
    public static string Sha256(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
    }

    internal static PlanReading Good(BenchmarkPlan plan) => new() { Plan = plan };

    internal static PlanReading Refused(IEnumerable<Problem> problems) => new() { Problems = [.. problems] };
}
