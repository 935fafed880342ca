namespace Fleetmark.Documents.Tests;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("plan.yaml:1:2", "it is wrong", "mend it", "plan.yaml:1:2: it is wrong; mend it")]
    [InlineData("", "it is wrong", "", "it is wrong")]
    [InlineData("a", "two\nlines", "of\r\ntext", "a: two lines; of text")]
    public void A_problem_is_one_line(string where, string what, string remedy, string line) => Assert.Equal(line, new Problem("code", where, what, remedy).ToString());

    [Fact]
    public void An_exception_carries_every_problem_and_says_them_all()
    {
        var e = new ProblemException([new Problem("a", "x", "one"), new Problem("b", "y", "two")]);
        Assert.Equal(["a", "b"], e.Problems.Select(p => p.Code));
        Assert.Equal($"x: one{Environment.NewLine}y: two", e.Message);
    }

    [Fact]
    public void An_exception_without_a_problem_cannot_be() => Assert.Throws<ArgumentException>(() => new ProblemException([]));
}
