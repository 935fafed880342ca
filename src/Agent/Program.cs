using Fleetmark.Agent.Hosting;
using Fleetmark.Documents;

try
{
    return await AgentProgram.RunAsync(args);
}
catch (ProblemException e)
{
    foreach (Problem problem in e.Problems) await Console.Error.WriteLineAsync($"fleetmark: {problem}");
    return 2;
}
