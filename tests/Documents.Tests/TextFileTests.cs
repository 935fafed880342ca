using System.Diagnostics;
using System.Text;

namespace Fleetmark.Documents.Tests;

public sealed class TextFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name: p\r\n")]
    [InlineData("\uFEFFtitle: 其他模型\n")]
    public void A_text_is_read_exactly_as_it_is_written(string text)
    {
        string path = Written(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, TextFile.Read(path, "plan"));
        File.CreateSymbolicLink(_folder.PathOf("link"), path);
        Assert.Equal(text, TextFile.Read(_folder.PathOf("link"), "plan"));
    }

    [Fact]
    public void A_text_of_the_largest_size_is_read_and_one_byte_more_is_refused()
    {
        Assert.Equal(TextFile.MaximumBytes, TextFile.Read(Written(new byte[TextFile.MaximumBytes]), "plan").Length);
        AssertRefused(Written(new byte[TextFile.MaximumBytes + 1]), "plan-too-large", "the file has more than 1048576 bytes; at most 1048576 are accepted");
    }

    [Fact]
    public void A_file_that_is_not_there_is_missing() => AssertRefused(_folder.PathOf("none"), "plan-missing", "there is no such plan file; check the path");

    [Fact]
    public void A_folder_is_no_text() => AssertRefused(Directory.CreateDirectory(_folder.PathOf("folder")).FullName, "plan-not-a-file", "this is a folder, no plan; name a file");

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused(Written([]), "plan-empty", "the file is empty (0 bytes) or no regular file; write or copy it again");

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() => AssertRefused(Written([0x6E, 0xFC, 0x6E]), "plan-not-utf8", "the file is no UTF-8 text; save it as UTF-8");

    [Fact]
    public void A_path_that_no_file_can_have_is_refused() =>
        Assert.Equal("plan-unreadable", Assert.Single(Assert.Throws<ProblemException>(() => TextFile.Read("", "plan")).Problems).Code);

    [Fact]
    public void A_device_without_end_and_a_pipe_nobody_writes_are_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such files");
        AssertRefused("/dev/zero", "plan-empty", "the file is empty (0 bytes) or no regular file; write or copy it again");
        string pipe = _folder.PathOf("pipe");
        using (var make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        AssertRefused(pipe, "plan-empty", "the file is empty (0 bytes) or no regular file; write or copy it again");
    }

    private static void AssertRefused(string path, string code, string line)
    {
        Problem problem = Assert.Single(Assert.Throws<ProblemException>(() => TextFile.Read(path, "plan")).Problems);
        Assert.Equal((code, $"{path}: {line}"), (problem.Code, problem.ToString()));
    }

    private string Written(byte[] bytes)
    {
        string path = _folder.PathOf("text");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
