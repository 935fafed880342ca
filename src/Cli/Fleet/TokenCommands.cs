using System.CommandLine;
using System.Globalization;
using Fleetmark.Cli.Databases;
using Fleetmark.Documents;
using Fleetmark.Storage.Tokens;

namespace Fleetmark.Cli.Fleet;

/// <summary><c>token create|list|revoke</c>: who may join the fleet.</summary>
internal static class TokenCommands
{
    private const int DefaultHours = 24;

    /// <summary>The command with its subcommands.</summary>
    public static Command Create(Terminal terminal) => new("token", "Tokens that let agents join the fleet") { Make(terminal), List(terminal), Revoke(terminal) };

    private static Command Make(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "How the list names it" };
        var uses = new Option<int>("--uses") { Description = "How many agents may join with it; a DaemonSet needs as many as nodes", DefaultValueFactory = _ => 1 };
        var hours = new Option<int>("--hours") { Description = "How long it is valid", DefaultValueFactory = _ => DefaultHours };
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("create", "Make a join token and print it, once") { name, uses, hours, database };
        command.SetAction(async (parsed, cancel) =>
        {
            (int times, int life) = (parsed.GetValue(uses), parsed.GetValue(hours));
            if (times < 1) throw new ProblemException(new Problem("wrong-value", "--uses", "a token lets at least one agent in"));
            if (life is < 1 or > 24 * 366) throw new ProblemException(new Problem("wrong-value", "--hours", "a token is valid for 1 hour to a year"));
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(terminal, parsed.GetValue(database), cancel);
            string called = parsed.GetRequiredValue(name);
            if (await new TokenVerbs(access.Source).CreateJoinAsync(called, times, TimeSpan.FromHours(life), Environment.UserName, cancel) is not var (secret, end))
                throw new ProblemException(new Problem("token-name", $"token {called}", "a valid token has this name", "choose another, or `fleetmark token revoke` it first"));
            await terminal.Output.WriteLineAsync(secret.AsMemory(), cancel);
            terminal.Note($"token {called} lets {(times == 1 ? "one agent" : $"{times} agents")} join until {Moment(end)}; it is not shown again");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("list", "List the tokens") { database };
        command.SetAction(async (parsed, cancel) =>
        {
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(terminal, parsed.GetValue(database), cancel);
            IReadOnlyList<IssuedToken> tokens = await new TokenVerbs(access.Source).ListAsync(cancel);
            if (tokens.Count == 0) terminal.Note("there are no tokens; `fleetmark token create NAME` makes one");
            foreach (IssuedToken token in tokens) await terminal.Output.WriteLineAsync(Line(token).AsMemory(), cancel);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var name = new Argument<string>("NAME");
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("revoke", "Take a token back; agents that joined with it stay") { name, database };
        command.SetAction(async (parsed, cancel) =>
        {
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(terminal, parsed.GetValue(database), cancel);
            string called = parsed.GetRequiredValue(name);
            if (!await new TokenVerbs(access.Source).RevokeAsync(called, Environment.UserName, cancel))
                throw new ProblemException(new Problem("unknown-token", $"token {called}", "there is no valid token of this name", "`fleetmark token list` lists them"));
            terminal.Note($"token {called} is taken back");
            return ExitCode.Success;
        });
        return command;
    }

    private static string Line(IssuedToken token)
    {
        string state = token.RevokedAt is not null ? "revoked"
            : token.IsExpired ? "expired"
            : token.UsesLeft == 0 ? "used up"
            : $"{token.UsesLeft?.ToString(CultureInfo.InvariantCulture) ?? "any number of"} uses left";
        return $"{token.Name,-20} {token.Prefix}…  {state}, made by {token.CreatedBy} {Moment(token.CreatedAt)}, until {(token.ExpiresAt is { } end ? Moment(end) : "it is revoked")}";
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
