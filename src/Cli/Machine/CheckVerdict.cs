namespace Fleetmark.Cli.Machine;

/// <summary>How a <see cref="MachineCheck"/> came out.</summary>
internal enum CheckVerdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, with a limit worth knowing.</summary>
    Note,

    /// <summary>Something does not work without it.</summary>
    Missing,
}
