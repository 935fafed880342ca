namespace Fleetmark.Documents;

/// <summary>Carries problems of the input through code that cannot go on without it. Whoever faces the person prints one line each.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>An exception for one problem.</summary>
    public ProblemException(Problem problem) : this([problem])
    {
    }

    /// <summary>An exception for all problems found at once; at least one.</summary>
    public ProblemException(IReadOnlyList<Problem> problems) : base(string.Join(Environment.NewLine, problems))
    {
        if (problems.Count == 0) throw new ArgumentException("at least one problem", nameof(problems));
        Problems = problems;
    }

    /// <summary>Every problem found, in the order of the document.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
