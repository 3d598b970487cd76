using System.Globalization;
using System.Text;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Operators;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Tests.Plan;

/// <summary>What is told of texts in advance must never be against what operators find in them.</summary>
public sealed class TextTermsTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 3_000_000 : 60_000;
    private static readonly string[] Operators = ["==", "=~", "<", "<=", ">", ">=", "has", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "contains", "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs"];
    private static readonly string[] Pieces = ["a", "A", "shop", "SHOP", "k", "\u212A", "s", "\u017F", "i", "I", "\u0131", "\u0130", "é", "É", "e\u0301", "-", "_", "/", " ", ".", "1", "12", "1.50", "\u2019", "\ud83d\ude00", "日本", "\n", "\"", "\\", "\u00a0", "ß", "Σ", "ς"];
    private static readonly string[] JsonPieces = ["{\"a\":", "[", "1.50", "1e5", "-0", "-12.0", "123456789012345678901", "\"a\\nb\"", "\"caf\u00e9\"", "\"caf\\u00e9\"", "\"\ud83d\ude00x\"", "true", "null", ", ", "]", "}", "\"10:1.50\"", "\"a\\/b\"", " 2.0e3"];

    [Fact]
    public void Characters_ThatAreLettersOfAsciiWithoutCase_AreFoldedToThem()
    {
        for (var c = '\x80'; c < '\uffff'; c++)
        {
            if (char.IsSurrogate(c)) continue;
            for (var letter = 'a'; letter <= 'z'; letter++)
            {
                if (!string.Equals($"{c}", $"{letter}", StringComparison.OrdinalIgnoreCase) && char.ToUpperInvariant(c) != char.ToUpperInvariant(letter) && char.ToLowerInvariant(c) != letter) continue;
                TextTerms.Of(Encoding.UTF8.GetBytes($"{c}x")).ShouldBe([$"{letter}x"], $"U+{(int)c:X4}");
            }
        }
    }

    [Theory]
    [InlineData("https://Shop.example/a_b?c=1", "https,shop,example,a,b,c,1")]
    [InlineData("caféteria é", "caf,teria")]
    [InlineData("x", "x")]
    [InlineData("--", "")]
    public void Text_HasTerms(string text, string terms)
    {
        TextTerms.Of(Encoding.UTF8.GetBytes(text)).ShouldBe(terms.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var hashes = new TermHashes();
        foreach (var padding in new[] { 0, 1, 61, 62, 63, 64, 65, 200 })
        {
            hashes.Clear();
            hashes.Append(Encoding.UTF8.GetBytes(new string('.', padding) + text), isJson: false);
            hashes.All.ToArray().ShouldBe(terms.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(term => TextTerms.Hash(Encoding.ASCII.GetBytes(term))), $"{padding}");
        }
    }

    [Fact]
    public void Pattern_OfAnOperator_PassesEveryTextForWhichItHolds()
    {
        var (random, hashes, held, failed) = (new Random(1), new TermHashes(), 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Made(random, Pieces, 8);
            var sought = random.Next(3) == 0 ? Made(random, Pieces, 3) : Cut(random, text);
            var operation = Operators[random.Next(Operators.Length)];
            if (Tests(operation, sought, KqlType.String) is not { } test) continue;
            if (test.Passes(Encoding.UTF8.GetBytes(text), isJson: false, hashes))
            {
                held++;
                continue;
            }

            failed++;
            Holds(operation, new Literal(KqlType.String, text), sought).ShouldBeFalse($"'{text}' {operation} '{sought}'");
        }

        held.ShouldBeGreaterThan(Rounds / 10);
        failed.ShouldBeGreaterThan(Rounds / 10);
    }

    [Fact]
    public void Pattern_OfADynamicColumn_PassesEveryJsonInWhoseTextItHolds()
    {
        var (random, hashes, failed) = (new Random(2), new TermHashes(), 0);
        for (var round = 0; round < Rounds; round++)
        {
            var json = Encoding.UTF8.GetBytes(random.Next(3) switch
            {
                0 => Made(random, JsonPieces, 6),
                1 => $"{{\"k\": {JsonPieces[random.Next(2, JsonPieces.Length)]}, \"t\":\"{Made(random, Pieces, 5).Replace("\\", "", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"}}",
                _ => $"[{random.NextDouble().ToString(random.Next(2) == 0 ? "F9" : "E12", CultureInfo.InvariantCulture)},{random.NextInt64()}, -{random.Next(100)}.0]",
            });
            var value = DynamicJson.Parse(json);
            var sought = random.Next(4) == 0 ? Made(random, Pieces, 2) : Cut(random, DynamicValue.Text(value));
            var operation = Operators[random.Next(Operators.Length)];
            if (Tests(operation, sought, KqlType.Dynamic) is not { } test || test.Passes(json, isJson: true, hashes)) continue;
            failed++;
            Holds(operation, new Literal(KqlType.Dynamic, value), sought).ShouldBeFalse($"{Encoding.UTF8.GetString(json)} {operation} '{sought}'");
        }

        failed.ShouldBeGreaterThan(Rounds / 20);
    }

    private static TextTest? Tests(string operation, string sought, KqlType type) => TextPatterns.Of(operation, sought, type) is { } pattern ? new TextTest(0, [pattern]) : null;

    private static bool Holds(string operation, Literal text, string sought)
    {
        var (left, right) = (new ConstantExpression(text), new ConstantExpression(new Literal(KqlType.String, sought)));
        var call = Comparison.Bind(operation, left, right) is { } compared && operation is "==" or "<" or "<=" or ">" or ">=" ? Comparison.Bind(operation, left, right)! : TextOperators.Bind(operation, left, right)!;
        return call.Evaluate(new Batch(new RowSchema([]), [], 1), new Execution.QueryContext(new QueryOptions(), CancellationToken.None)).Box(0) is true;
    }

    private static string Made(Random random, string[] pieces, int most) => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => pieces[random.Next(pieces.Length)]));

    // A part of a text, in another case at times.
    private static string Cut(Random random, string text)
    {
        var start = random.Next(text.Length + 1);
        var cut = text.Substring(start, random.Next(text.Length - start + 1));
        return random.Next(4) switch { 0 => cut.ToUpperInvariant(), 1 => cut.ToLowerInvariant(), 2 => text, _ => cut };
    }
}
