using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>Random and mutated input with independent oracles. The seeds are fixed.</summary>
public sealed class ValidatorFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"type":"object","properties":{"a":{"type":"string","maxLength":3},"b":{"$ref":"#"}},"required":["a"],"additionalProperties":false}""",
        """{"anyOf":[{"type":"null"},{"items":{"enum":[1,"x",[2.5e3,null]]},"uniqueItems":true}],"minItems":1}""",
        """{"patternProperties":{"^[a-z\\d]+$":{"minimum":-1.5,"multipleOf":0.1}},"dependencies":{"a":["b"],"c":{"maxProperties":2}}}""",
        """{"oneOf":[{"format":"date-time"},{"pattern":"^(\\w+)-\\1$"}],"not":{"enum":["\ud800","😀"]}}""",
        """{"definitions":{"n":{"id":"#n","type":["integer","null"]}},"items":[{"$ref":"#n"}],"additionalItems":{"$ref":"#/definitions/n"}}""",
        """[{"a":"b","b":{"a":"\u00e9\n"}},[1,-0.5,1E+2,true,false,null],"2025-01-01T00:00:00Z",""]""",
        """{"a":"xy","b":{"a":"z"},"c1":1.2,"deep":[[[[{}]]]]}""",
    ];

    [Fact]
    public void Cursor_OnMutatedTexts_AgreesWithSystemTextJson()
    {
        var random = new Random(20261122);
        for (var round = 0; round < Fuzz.Cases(20_000); round++)
        {
            var text = Mutate(random);
            var cursor = JsonCursor.Over(text);
            var isJson = cursor.Skip() && cursor.ReadEnd();
            isJson.ShouldBe(Utf8.IsValid(text) && IsJson(text), Encoding.UTF8.GetString(text));
            if (!isJson)
                cursor.FaultText.ShouldNotBe("no fault");
        }
    }

    [Fact]
    public void Validator_OnMutatedSchemasAndInstances_NeverThrowsAndAgreesWithItsReport()
    {
        var random = new Random(4);
        var compiled = 0;
        for (var round = 0; round < Fuzz.Cases(1_000); round++)
        {
            if (!CompiledSchema.TryCompile(Mutate(random), out var schema, out var issues))
            {
                issues.ShouldNotBeEmpty();
                continue;
            }

            compiled++;
            for (var instance = 0; instance < 20; instance++)
            {
                var text = Mutate(random);
                schema.IsValid(text).ShouldBe(schema.Validate(text).Count == 0, Encoding.UTF8.GetString(text));
            }
        }

        compiled.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Number_OnRandomTexts_AgreesWithBigInteger()
    {
        var random = new Random(7);
        for (var round = 0; round < Fuzz.Cases(20_000); round++)
        {
            var (left, leftValue) = RandomNumber(random);
            var (right, rightValue) = RandomNumber(random);
            Parse(left).CompareTo(Parse(right)).ShouldBe(leftValue.CompareTo(rightValue), $"{left} {right}");
            CanonicalOf(left).AsSpan().SequenceEqual(CanonicalOf(right)).ShouldBe(leftValue == rightValue, $"{left} {right}");
            if (rightValue.Sign > 0 && NumberDivisor.TryCreate(right, out var divisor))
            {
                var run = new SchemaRun(JsonCursor.Over("0"u8), report: null);
                divisor.Check(Encoding.ASCII.GetBytes(left), ref run).ShouldBe(leftValue % rightValue == 0, $"{left} {right}");
            }
        }
    }

    [Fact]
    public void Canonical_OfValues_IsEqualWhereSystemTextJsonSaysSo()
    {
        string[] values =
        [
            "1", "1.0", "10e-1", "-1", "0", "-0", "\"1\"", "\"\"", "\"a\\u0062\"", "\"ab\"", "[]", "[1]", "[[1]]", "[1,1]", "{}", "true", "null",
            """{"a":1,"b":[2,"x"]}""", """{"b":[2.0,"\u0078"],"a":1}""", """{"a":{"b":1}}""", """{"a:1":1}""", """{"a":"\"1:a"}""", "false",
        ];
        foreach (var left in values)
        {
            foreach (var right in values)
            {
                using var leftDocument = JsonDocument.Parse(left);
                using var rightDocument = JsonDocument.Parse(right);
                CanonicalOf(left).AsSpan().SequenceEqual(CanonicalOf(right))
                    .ShouldBe(JsonElement.DeepEquals(leftDocument.RootElement, rightDocument.RootElement), $"{left} {right}");
            }
        }
    }

    private static byte[] Mutate(Random random)
    {
        var text = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var change = random.Next(4); change > 0 && text.Count > 0; change--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (byte)random.Next(256);
                    break;
                case 1:
                    text[at] = "\"\\{}[],:019.eE+-u \n\ttfn$"u8[random.Next(23)];
                    break;
                case 2:
                    text.RemoveRange(at, random.Next(Math.Min(8, text.Count - at)));
                    break;
                case 3:
                    text.InsertRange(at, text.GetRange(at, random.Next(Math.Min(20, text.Count - at))));
                    break;
                default:
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
                    break;
            }
        }

        return [.. text];
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonCursor.MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A number token and its value times 10^40.</summary>
    private static (string Text, BigInteger Scaled) RandomNumber(Random random)
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => "001259"[random.Next(6)])).TrimStart('0');
        var whole = digits.Length == 0 ? "0" : digits;
        var fraction = random.Next(2) == 0 ? "" : string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => "0015"[random.Next(4)]));
        var exponent = random.Next(2) == 0 ? (int?)null : random.Next(-30, 31);
        var sign = random.Next(3) == 0 ? "-" : "";
        var power = 40 - fraction.Length + (exponent ?? 0);
        var scaled = BigInteger.Parse(sign + whole + fraction, CultureInfo.InvariantCulture) * BigInteger.Pow(10, power);
        var text = sign + whole + (fraction.Length > 0 ? "." + fraction : "") + (exponent is { } e ? $"e{e}" : "");
        return (text, scaled);
    }

    private static JsonNumber Parse(string text) => JsonNumber.Parse(Encoding.ASCII.GetBytes(text));

    private static byte[] CanonicalOf(string json)
    {
        var cursor = JsonCursor.Over(Encoding.UTF8.GetBytes(json));
        var output = new ByteBuffer(16);
        CanonicalJson.TryAppend(ref cursor, ref output).ShouldBeTrue();
        var canonical = output.Written.ToArray();
        output.Dispose();
        return canonical;
    }
}
