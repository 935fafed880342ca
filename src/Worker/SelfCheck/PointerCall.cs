using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.SelfCheck;

/// <summary>The least that a call can be in this process: one run of a bound model through the function pointer of the C API.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct PointerCall(BoundModel model) : ITimedCall
{
    // A copy of its own: the loop is compiled before the table is read, and would ask each time whether it has been.
    private readonly delegate* unmanaged<nint, nint, nint, nint> _run = OrtNativeApi.RunWithBinding;
    private readonly nint _session = OrtNativeApi.HandleOf(model.Session);
    private readonly nint _options = model.RunOptions.DangerousGetHandle();
    private readonly nint _binding = model.Binding.DangerousGetHandle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke() => OrtNativeApi.Check(_run(_session, _options, _binding));
}
