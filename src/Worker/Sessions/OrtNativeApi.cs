using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// The functions of ONNX Runtime's C API that are called in timed paths, as function pointers: no delegate, no encoding of names, no allocation. The managed package
/// loads the same library and keeps its own table to itself.
/// </summary>
/// <remarks>
/// An index is the position of a function in <c>struct OrtApi</c> of <c>onnxruntime_c_api.h</c>, which the NuGet package carries. Functions are only ever appended there,
/// so an index holds from the version that brought the function on; a test counts them again. Functions that return a status return 0 for success; give anything else to
/// <see cref="Check"/>, which also releases it.
/// </remarks>
internal static unsafe partial class OrtNativeApi
{
    /// <summary>The version of the table that is asked for: that of the oldest flavour, 1.20. Newer libraries give it too.</summary>
    private const uint TableVersion = 20;

    private const int RunWithBindingIndex = 133;
    private const int BindInputIndex = 136;
    private const int GetBuildInfoStringIndex = 254;

    /// <summary><c>struct OrtApi</c>. It lives as long as the process.</summary>
    internal static readonly nint* Table = Open();

    /// <summary>Session, run options, binding → status.</summary>
    internal static readonly delegate* unmanaged<nint, nint, nint, nint> RunWithBinding =
        (delegate* unmanaged<nint, nint, nint, nint>)Table[RunWithBindingIndex];

    /// <summary>Binding, name of the input in UTF-8 with a final 0, value → status. The binding keeps no reference to the name.</summary>
    internal static readonly delegate* unmanaged<nint, byte*, nint, nint> BindInput = (delegate* unmanaged<nint, byte*, nint, nint>)Table[BindInputIndex];

    /// <summary>Version of the library, such as <c>1.31.1</c>.</summary>
    internal static string Version => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)GetApiBase()[1])())!;

    /// <summary>How the library was built: commit, build type, compiler flags.</summary>
    internal static string BuildInfo => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Table[GetBuildInfoStringIndex])())!;

    /// <summary>Throws what the managed package would throw for a status, and releases it; does nothing for 0.</summary>
    /// <exception cref="OnnxRuntimeException">The call failed.</exception>
    internal static void Check(nint status)
    {
        if (status != 0) VerifySuccess(null, status);
    }

    /// <summary>The native session, valid as long as <paramref name="session"/> is not disposed.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    internal static extern nint HandleOf(InferenceSession session);

    /// <summary>The native value, valid as long as <paramref name="value"/> is not disposed.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    internal static extern nint HandleOf(OrtValue value);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "VerifySuccess")]
    private static extern void VerifySuccess([UnsafeAccessorType("Microsoft.ML.OnnxRuntime.NativeApiStatus, Microsoft.ML.OnnxRuntime")] object? type, nint status);

    private static nint* Open()
    {
        nint* table = ((delegate* unmanaged<uint, nint*>)GetApiBase()[0])(TableVersion);
        return table is not null ? table : throw new DllNotFoundException($"ONNX Runtime {Version} has no C API of version {TableVersion}");
    }

    /// <summary><c>struct OrtApiBase</c>: GetApi and GetVersionString.</summary>
    [LibraryImport("onnxruntime", EntryPoint = "OrtGetApiBase")]
    private static partial nint* GetApiBase();
}
