using Fleetmark.Cli;

return await FleetmarkCommandLine.RunAsync(args, Terminal.OfProcess());
