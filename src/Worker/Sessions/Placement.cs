namespace Fleetmark.Worker.Sessions;

/// <summary>Where the tensors of a launch are bound.</summary>
internal enum Placement
{
    /// <summary>The CPU's own memory, with buffers of an imagined caller beside it.</summary>
    Host,

    /// <summary>Memory of the device: both tensors stay there.</summary>
    Device,

    /// <summary>Host memory that the device reads and writes by itself.</summary>
    Pinned,

    /// <summary>Ordinary host memory.</summary>
    Pageable,
}
