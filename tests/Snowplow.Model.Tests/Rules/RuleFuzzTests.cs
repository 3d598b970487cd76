using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Rules;

public sealed class RuleFuzzTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "1e999", "-0", "\\", "\\ud800", "/*", "\"all\"", "\"field\"", "\"source\"",
        "\"matches\"", "\"not_in\"", "\"event_name\"", "\"contexts_a_b_1.c\"", "(", "(?=", "*", "\u00e9", "\"is_null\"", "\"version\": 1,", "{{{{{{{{",
    ];

    private static readonly string[] Values =
    [
        "", "x", "page_view", "https://x.example/product?x=\u00e9", "2026-03-01 12:00:00.000", "2026-13-01", "-1", "1E+3", "NaN", "99999999999999999999", "1", "0",
        "\ud83d\ude00", new('y', 2000), new('\u0130', 7000), "{", "[]", "null", "Googlebot", "google", "cpc", "spiders_and_robots/",
        RuleLine.Contexts(("com.acme/cart/jsonschema/1-0-0", "{\"a\":{\"b\":\"\\ud800\\u0041\"},\"n\":1e400,\"\\u0061\":[1]}")),
        RuleLine.Contexts(("com.acme/cart/jsonschema/1-0-0", "[]"), ("com.iab.snowplow/spiders_and_robots/jsonschema/1-0-0", "3")),
        RuleLine.Contexts(("com.acme/cart/jsonschema/1-0-0", "{\"a\":")),
        RuleLine.UnstructEvent("com.acme/cart/jsonschema/1-0-0", "{\"a\":{\"b\":7},\"n\":\"2026-03-01T12:00:00Z\"}"),
        "{\"schema\":\"x\",\"data\":[[[[[[1]]]]]]}", "{\"data\":[{\"schema\":\"iglu:/\",\"data\":{}},{\"schema\":\"iglu:com.acme\",\"data\":{}}]}",
    ];

    private static int Rounds => Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 100_000 : 1000;

    [Fact]
    public void Parse_OfAnyBytes_GivesRulesOrTellsFaults()
    {
        var random = new Random(7);
        var whole = RuleLine.Utf8("{ \"version\": 1," + Encoding.UTF8.GetString(ModelRules.DefaultJson.Span)[1..]);
        var (taken, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            // The whole document takes long, and of the short ones more come out right.
            var json = random.Next(10) == 0 ? whole : RuleLine.Utf8(AnyRules(random));
            var bytes = Mutate(random, json);
            try
            {
                ModelRules.Parse(bytes).ShouldNotBeNull();
                taken++;
            }
            catch (ModelRulesException e)
            {
                e.Errors.ShouldNotBeEmpty();
                refused++;
            }
        }

        taken.ShouldBeGreaterThan(Rounds / 100);
        refused.ShouldBeGreaterThan(Rounds / 10);
    }

    [Fact]
    public void Rules_OnLinesOfAnyContent_AlwaysAnswer()
    {
        var random = new Random(8);
        ModelRules[] all = [ModelRules.Default, .. Enumerable.Range(0, 200).Select(_ => ModelRules.Parse(RuleLine.Utf8(AnyRules(random))))];
        var held = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var e = Line(random);
            var rules = all[random.Next(all.Length)];
            rules.IsBot(e);
            rules.ContentGroup(e).ShouldNotBeEmpty();
            rules.ChannelGroup(e).ShouldNotBeEmpty();
            foreach (var conversion in rules.Conversions)
            {
                if (conversion.Matches(e)) held++;
                if (conversion.Value(e) is { } value) double.IsFinite(value).ShouldBeTrue();
            }
        }

        held.ShouldBeInRange(Rounds / 4, Rounds * 4);
    }

    private static string AnyRules(Random random)
    {
        var conversions = Enumerable.Range(0, 5).Select(index => $$"""{"name":"c{{index}}","when":{{AnyCondition(random, 1)}},"value":"{{AnyField(random)}}"}""");
        return $$"""{"version":1,"conversions":[{{string.Join(',', conversions)}}]}""";
    }

    private static string AnyCondition(Random random, int depth)
    {
        if (depth < 4 && random.Next(3) == 0)
        {
            var conditions = Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyCondition(random, depth + 1));
            return $$"""{"{{Pick(random, "all", "any", "none")}}":[{{string.Join(',', conditions)}}]}""";
        }

        var test = Pick(
            random, "\"equals\":\"x\"", "\"not_equals\":\"-1\"", "\"in\":[\"x\",5]", "\"not_in\":[\"y\"]", "\"matches\":\"^.*[a-z]+$\"",
            "\"not_matches\":\"(a|b){2,5}\",\"ignore_case\":true", "\"contains\":\"I\",\"ignore_case\":true", "\"starts_with\":\"h\"", "\"ends_with\":\"0\"", "\"is_null\":true",
            "\"is_null\":false");
        return $$"""{"field":"{{AnyField(random)}}",{{test}}}""";
    }

    private static string AnyField(Random random) => random.Next(3) switch
    {
        0 => Pick(random, "contexts_com_acme_cart_1.a.b", "contexts_com_acme_cart_1.n", "contexts_com_acme_cart_1"),
        1 => Pick(random, "unstruct_event_com_acme_cart_1.a", "unstruct_event_com_acme_cart_1.n"),
        _ => Pick(random, "event_name", "page_url", "useragent", "mkt_source", "contexts"),
    };

    private static byte[] Mutate(Random random, byte[] json)
    {
        List<byte> bytes = [.. json];
        for (var change = random.Next(4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(30), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, RuleLine.Utf8(Pick(random, Tokens)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(random.Next((at / 2) + 1), Math.Min(20, at / 2)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    private static EnrichedEvent Line(Random random)
    {
        var fields = Enumerable.Range(0, EventFields.Count).Select(_ => random.Next(3) == 0 ? Values[random.Next(Values.Length)] : "");
        return EnrichedBatch.Parse(RuleLine.Utf8(string.Join('\t', fields) + "\n"))[0];
    }
}
