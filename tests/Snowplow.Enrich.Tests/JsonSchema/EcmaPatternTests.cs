using System.Text;
using Snowplow.Enrich.JsonSchema;

namespace Snowplow.Enrich.Tests.JsonSchema;

public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData("b", "abc", true)]
    [InlineData("^b", "abc", false)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^.{2}$", "😀", false)]
    [InlineData("^.*$", "a😀b", true)]
    [InlineData("^.$", "\u2028", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😎]$", "😁", true)]
    [InlineData("^[😀-😎]$", "🐲", false)]
    [InlineData("^[a-z😀]+$", "a😀", true)]
    [InlineData("^[\\u{1F600}-\\u{1F64F}]$", "😁", true)]
    [InlineData("^\\ud83d\\ude00{2}$", "😀😀", true)]
    [InlineData("^[\\w-.]+$", "a-b.c", true)]
    [InlineData("^[a-zA-Z0-9-_.]+$", "a-b_c.d", true)]
    [InlineData("^[\\d-x]+$", "1-x", true)]
    [InlineData("^[a-z-[aeiou]]$", "a", false)]
    [InlineData("^[a-z-[aeiou]]$", "b]", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("^[\\b]$", "\b", true)]
    [InlineData("^[\\W]$", "é", true)]
    [InlineData("^[\\D]$", "1", false)]
    [InlineData("\\bword\\b", "a word here", true)]
    [InlineData("\\bword\\b", "swords", false)]
    [InlineData("^(a)(b)\\2\\1$", "abba", true)]
    [InlineData("^(a)\\10$", "aa0", false)]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^a{,2}$", "a{,2}", true)]
    [InlineData("^{}$", "{}", true)]
    [InlineData("^x{1}}$", "x}", true)]
    [InlineData("^(?:a|b)+?$", "abab", true)]
    [InlineData("^(?=a)(?!ab).c$", "ac", true)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("^(?<x>a)\\k<x>$", "aa", true)]
    [InlineData("(?i)ABC", "abc", true)]
    [InlineData("(?i:A)b", "ab", true)]
    [InlineData("^\\x41\\u0042\\cI$", "AB\t", true)]
    [InlineData("^\\/\\-\\.$", "/-.", true)]
    [InlineData("a b#c", "a b#c", true)]
    [InlineData("^\\p{Lu}\\P{Lu}$", "Éa", true)]
    [InlineData("^\\p{General_Category=Decimal_Number}$", "৪", true)]
    public void Match_OfText_FollowsEcma262(string source, string text, bool expected)
    {
        EcmaPattern.TryCompile(source, out var pattern, out var error).ShouldBeTrue(error);
        pattern!.Match(Encoding.UTF8.GetBytes(text), escaped: false).ShouldBe(expected ? PatternOutcome.Matched : PatternOutcome.NotMatched);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("\\")]
    [InlineData("\\a")]
    [InlineData("\\p{Nonsense}")]
    [InlineData("\\p")]
    [InlineData("\\u{110000}")]
    [InlineData("\\xg1")]
    [InlineData("(?#comment)")]
    [InlineData("(?(a)b)")]
    [InlineData("a**")]
    public void TryCompile_OfMalformedPattern_SaysWhy(string source)
    {
        EcmaPattern.TryCompile(source, out var pattern, out var error).ShouldBeFalse();
        pattern.ShouldBeNull();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Match_OfEscapedText_ReplacesEscapes()
    {
        EcmaPattern.TryCompile("^a/é😀\n$", out var pattern, out _).ShouldBeTrue();
        pattern!.Match(@"\u0061\/é\ud83d\uDE00\n"u8, escaped: true).ShouldBe(PatternOutcome.Matched);
    }
}
