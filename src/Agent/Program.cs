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
    int requests = 0;
    using var impatience = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
    {
        if (Interlocked.Increment(ref requests) > 1) host.Services.GetRequiredService<AgentHost>().Hurry();
    });
    await host.RunAsync();
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or ProblemException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"fleetmark: {e.Message.ReplaceLineEndings(" ")}");
    return 2;
}
