using Fleetmark.Contracts.Jobs;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tests.Languages;

public sealed class TextsTests
{
    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Every_state_has_a_word_of_its_own(Language language)
    {
        string[] words = [.. Enum.GetValues<CellState>().Select(Texts.In(language).State)];
        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.DoesNotContain("", words);
    }

    [Fact]
    public void Every_failure_code_has_a_chinese_sentence()
    {
        foreach (string code in typeof(FailureCode).GetFields().Select(f => f.GetRawConstantValue()).OfType<string>()) Assert.NotEqual(code, Texts.In(Language.Chinese).Reason(code));
    }

    [Theory]
    [InlineData("unsupported:unsupported-arch:sm_70", "sm_70")]
    [InlineData("unsupported:missing-library:libcudnn.so.9", "libcudnn.so.9")]
    [InlineData("unsupported:driver-too-old:470.82", "470.82")]
    public void What_a_code_carries_is_told_in_both_languages(string code, string detail)
    {
        string bare = code[..^(detail.Length + 1)];
        foreach (Language language in (Language[])[Language.English, Language.Chinese])
        {
            Assert.Contains(detail, Texts.In(language).Reason(code), StringComparison.Ordinal);
            Assert.StartsWith(Texts.In(language).Reason(bare), Texts.In(language).Reason(code), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_code_nobody_knows_is_shown_as_it_is() => Assert.Equal("strange", Texts.In(Language.Chinese).Reason("strange"));

    /// <summary>The words that launches and cells carry; a reader of a table must not meet one.</summary>
    [Theory]
    [InlineData("few-launches")]
    [InlineData("no-interval")]
    [InlineData("warm-up-unreported")]
    [InlineData("warm-up-untested")]
    [InlineData("target-missed")]
    [InlineData("launch-spread")]
    [InlineData("uncounted")]
    [InlineData("uncalibrated")]
    [InlineData("violation-discarded")]
    [InlineData("simulated")]
    [InlineData("precision-unproven")]
    [InlineData("not-steady")]
    [InlineData("drift")]
    [InlineData("bimodal (812 and 1630 µs)")]
    [InlineData("2 of 3")]
    public void Every_note_has_a_sentence_in_both_languages(string word)
    {
        string english = Texts.In(Language.English).Note(word), chinese = Texts.In(Language.Chinese).Note(word);
        Assert.NotEqual(word, english);
        Assert.NotEqual(word, chinese);
        Assert.NotEqual(english, chinese);
    }

    [Fact]
    public void A_power_limit_is_told_with_the_clock_it_left()
    {
        Assert.Equal("power-limited (sustained 1095 MHz)", Texts.In(Language.English).Note("power-limited (sustained 1095 MHz)"));
        Assert.Equal("受功耗上限限制（持续频率 1095 MHz）", Texts.In(Language.Chinese).Note("power-limited (sustained 1095 MHz)"));
        Assert.Equal("受功耗上限限制", Texts.In(Language.Chinese).Note("power-limited"));
    }

    [Theory]
    [InlineData("en", Language.English)]
    [InlineData("EN", Language.English)]
    [InlineData("zh-CN", Language.Chinese)]
    [InlineData("zh-cn", Language.Chinese)]
    [InlineData("de", null)]
    [InlineData("", null)]
    public void A_tag_names_a_language_or_none(string tag, Language? language) => Assert.Equal(language, LanguageTag.Read(tag));
}
