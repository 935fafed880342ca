using System.Reflection;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Tests.Jobs;

public sealed class FailureCodeTests
{
    public static TheoryData<string> Codes =>
        [.. typeof(FailureCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(string)).Select(f => (string)f.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_is_short_and_in_kebab_case(string code)
    {
        Assert.InRange(code.Length, 1, FailureCode.MaximumLength);
        Assert.Matches(@"\A[a-z]+(-[a-z]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?\z", code);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_has_words_of_its_own(string code)
    {
        string sentence = FailureCode.Sentence(code);

        Assert.False(sentence.EndsWith('.'), sentence);
        Assert.NotEqual("", sentence);
        Assert.True(code == FailureCode.Cancelled || sentence != code, $"{code} has no sentence");
        Assert.True(code == FailureCode.Unsupported || sentence != FailureCode.Sentence(FailureCode.Unsupported), $"{code} has no sentence");
    }

    [Fact]
    public void No_two_codes_are_the_same() => Assert.Equal(Codes.Count, Codes.Select(c => (string)c.Data).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [InlineData("unsupported", true)]
    [InlineData("unsupported:arch", true)]
    [InlineData("unsupported:no-fp16-kernels", true)]
    [InlineData("unsupportedly", false)]
    [InlineData("no-device-class", false)]
    public void A_detail_does_not_hide_that_it_is_unsupported(string code, bool unsupported) => Assert.Equal(unsupported, FailureCode.IsUnsupported(code));

    [Theory]
    [InlineData("unsupported", true)]
    [InlineData("unsupported:fixed-batch", true)]
    [InlineData("model-invalid", true)]
    [InlineData("wrong-output", true)]
    [InlineData("worker-protocol", true)]
    [InlineData("runtime-refused", true)]
    [InlineData("model-unavailable", false)]
    [InlineData("out-of-memory", false)]
    [InlineData("driver-fault", false)]
    [InlineData("worker-timeout", false)]
    [InlineData("worker-crash", false)]
    [InlineData("agent-lost", false)]
    [InlineData("lease-expired", false)]
    [InlineData("result-invalid", false)]
    [InlineData("internal", false)]
    [InlineData("anything-new", false)]
    public void Only_what_no_retry_can_change_is_permanent(string code, bool permanent) => Assert.Equal(permanent, FailureCode.IsPermanent(code));

    [Theory]
    [InlineData("unsupported:unsupported-arch:sm_70", "the runtime has no kernels for the architecture of these devices (sm_70)")]
    [InlineData("unsupported:unsupported-arch", "the runtime has no kernels for the architecture of these devices")]
    [InlineData("unsupported:missing-library:libcudnn.so.9", "a library of the runtime is missing there (libcudnn.so.9)")]
    [InlineData("unsupported:driver-too-old:470.82", "the driver there is too old for the runtime (470.82)")]
    [InlineData("unsupported:anything-new:detail", "not supported on this device")]
    public void What_a_code_carries_is_in_its_sentence(string code, string sentence) => Assert.Equal(sentence, FailureCode.Sentence(code));

    [Fact]
    public void An_unknown_code_stands_for_itself()
    {
        Assert.Equal("anything-new", FailureCode.Sentence("anything-new"));
        Assert.Equal("not supported on this device", FailureCode.Sentence("unsupported:anything-new"));
    }
}
