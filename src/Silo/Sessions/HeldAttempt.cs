using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Silo.Sessions;

/// <summary>An attempt that a session was given.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="DeviceId">Row of the device.</param>
/// <param name="Since">Timestamp of its last change: pushed, or accepted.</param>
/// <param name="IsAccepted">True once the agent said that it has it.</param>
/// <param name="Unmentioned">Heartbeats in a row that say the agent neither runs it nor keeps a result of it.</param>
internal sealed record HeldAttempt(AttemptKey Key, int DeviceId, long Since, bool IsAccepted, int Unmentioned = 0);
