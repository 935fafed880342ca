using System.ComponentModel.DataAnnotations;

namespace Fleetmark.Silo.Hosting;

/// <summary>What a silo of a fleet needs to know of its place. Section "Silo". Its database comes from <c>FLEETMARK_DATABASE</c> or <c>FLEETMARK_DATABASE_FILE</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Silo";

    /// <summary>
    /// Where agents dial: <c>https://ADDRESS:PORT</c> with <see cref="CertificateFile"/>, <c>http://ADDRESS:PORT</c> on loopback (elsewhere only with <see cref="Insecure"/>), or
    /// <c>unix:/path</c>. ADDRESS is an IP address, <c>0.0.0.0</c> for all. Port 0 takes a free one and logs it. Default <c>http://127.0.0.1:5081</c>.
    /// </summary>
    [Required]
    public string Gateway { get; set; } = "http://127.0.0.1:5081";

    /// <summary>Where probes and metrics are asked, plain HTTP: <c>http://ADDRESS:PORT</c>. Default <c>http://127.0.0.1:5082</c>.</summary>
    [Required]
    public string Management { get; set; } = "http://127.0.0.1:5082";

    /// <summary>PEM file of the gateway's certificate with its chain.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of the certificate's key. Default: the key stands in <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>Allows agents to dial in plaintext from other machines. Default false.</summary>
    public bool Insecure { get; set; }

    /// <summary>Which silos belong together; two clusters may share a database. Default <c>fleetmark</c>.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,63}$")]
    public string ClusterId { get; set; } = "fleetmark";

    /// <summary>IP address at which the other silos and the dashboard reach this one. Default loopback: a cluster on one machine.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port between silos, on <see cref="Address"/>. Default 11111.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Port for the dashboard's calls to grains. Default 30000.</summary>
    [Range(1, 65535)]
    public int ClientPort { get; set; } = 30000;

    /// <summary>Name in logs and in the list of silos. Default: name of the machine with <see cref="SiloPort"/>.</summary>
    public string? Name { get; set; }

    /// <summary>How often a silo asks its neighbours whether they live; three unanswered questions by two silos declare one dead. Default 2 s; 0.5 to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:30")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
