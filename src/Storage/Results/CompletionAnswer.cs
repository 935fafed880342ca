namespace Fleetmark.Storage.Results;

/// <summary>Answer to a result.</summary>
public enum CompletionAnswer
{
    /// <summary>It counts from now on.</summary>
    Accepted,

    /// <summary>It counted before: a repetition.</summary>
    Already,

    /// <summary>The job is somebody else's, or over.</summary>
    Fenced,
}
