using System.Text;
using CsCheck;
using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Tests.Workers;

public sealed class OutputTailTests
{
    [Fact]
    public void Whatever_the_pieces_the_last_64_KiB_stay() => Gen.Int[0, 40_000].Array[0, 8].Sample(lengths =>
    {
        var tail = new OutputTail();
        var all = new StringBuilder();
        foreach (int length in lengths)
        {
            string piece = string.Create(length, all.Length, (span, start) =>
            {
                for (int at = 0; at < span.Length; at++) span[at] = (char)('a' + ((start + at) % 26));
            });
            all.Append(piece);
            tail.Add(Encoding.UTF8.GetBytes(piece));
        }

        string text = all.ToString();
        return tail.ToString() == text[^Math.Min(text.Length, OutputTail.Capacity)..];
    });
}
