using System.Net;
using Microsoft.Extensions.Options;

namespace Fleetmark.Silo.Hosting;

/// <summary>What attributes cannot say about the options, checked at start. Each failure names its key.</summary>
internal sealed class SiloOptionsChecks : IValidateOptions<SiloOptions>
{
    public ValidateOptionsResult Validate(string? name, SiloOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(SiloOptions options)
    {
        if (!ListenAddress.TryParse(options.Gateway, out ListenAddress? gateway, out string? problem)) yield return $"Silo:Gateway: {problem}";
        else if (gateway is { IsEncrypted: false, IsLocal: false } && !options.Insecure)
            yield return "Silo:Gateway: agents of other machines would send their credentials in plaintext; use https with Silo:CertificateFile, or set Silo:Insecure";
        else if (gateway.IsEncrypted && options.CertificateFile is null) yield return "Silo:CertificateFile: https needs a certificate";
        if (!ListenAddress.TryParse(options.Management, out ListenAddress? management, out problem)) yield return $"Silo:Management: {problem}";
        else if (management.IsEncrypted || management.Endpoint is null) yield return "Silo:Management: probes are asked over plain HTTP: http://IP:PORT";
        foreach ((string key, string? file) in new[] { ("CertificateFile", options.CertificateFile), ("CertificateKeyFile", options.CertificateKeyFile) })
            if (file is not null && !File.Exists(file)) yield return $"Silo:{key}: there is no file '{file}'";
        if (!IPAddress.TryParse(options.Address, out _)) yield return $"Silo:Address: '{options.Address}' is no IP address";
        if (options.SiloPort == options.ClientPort) yield return "Silo:ClientPort: it is the port between silos already";
    }
}

/// <summary>Ranges and mandatory keys of the options.</summary>
[OptionsValidator]
internal sealed partial class SiloOptionsAttributes : IValidateOptions<SiloOptions>;
