namespace Fleetmark.Silo.Fleet;

/// <summary>An attempt that a session was given.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="DeviceId">Row of the device.</param>
/// <param name="AssignedAt">When it was pushed, by the silo's clock.</param>
/// <param name="IsAccepted">True once the agent said that it has it.</param>
internal sealed record HeldAttempt(AttemptKey Key, int DeviceId, DateTimeOffset AssignedAt, bool IsAccepted);
