using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Hosting;

/// <summary>Checks the attributes of the options; written by the compiler.</summary>
[OptionsValidator]
internal sealed partial class AgentOptionsAttributes : IValidateOptions<AgentOptions>;
