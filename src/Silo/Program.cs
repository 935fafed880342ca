using Fleetmark.Documents;
using Fleetmark.Silo.Hosting;

try
{
    await FleetSilo.RunAsync(args, databaseText: null);
    return 0;
}
catch (ProblemException e)
{
    foreach (Problem problem in e.Problems) await Console.Error.WriteLineAsync($"fleetmark: {problem}");
    return 2;
}
