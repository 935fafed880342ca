using System.Diagnostics;

namespace Fleetmark.Models.Tests;

/// <summary>The checker of the ONNX project itself, with shape inference, where python3-onnx is installed.</summary>
internal static class StandardChecker
{
    private const string Python = "/usr/bin/python3";

    internal static bool IsInstalled { get; } = File.Exists(Python) && Run("import onnx").Code == 0;

    /// <summary>Fails the test when the checker refuses the file.</summary>
    internal static void Accepts(byte[] model)
    {
        using var folder = new TemporaryFolder();
        (int code, string error) = Run("import onnx, sys; onnx.checker.check_model(sys.argv[1], full_check=True)", folder.Write("checked.onnx", model));
        Assert.True(code == 0, error);
    }

    private static (int Code, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-c", program, .. arguments]) { RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
