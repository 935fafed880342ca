using System.Runtime.InteropServices;
using Fleetmark.Agent.Hosting;
using Fleetmark.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFleetmarkAgent();
try
{
    using IHost host = builder.Build();
    AgentHost agent = host.Services.GetRequiredService<AgentHost>();
    int requests = 0;
    using var impatience = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
    {
        if (Interlocked.Increment(ref requests) > 1) agent.Hurry();
    });
    await host.RunAsync();
    return agent.IsBroken ? 1 : 0;
}
catch (Exception e) when (e is OptionsValidationException or ProblemException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"fleetmark: {e.Message.ReplaceLineEndings(" ")}");
    return 2;
}
