namespace Fleetmark.Storage.Tokens;

/// <summary>What a token opens. The numbers are stored; append only.</summary>
public enum TokenKind : short
{
    /// <summary>The API, for a person or a script (<c>fm_…</c>).</summary>
    Api = 0,

    /// <summary>The enrolment of agents and nothing else (<c>fmj_…</c>).</summary>
    Join = 1,
}
