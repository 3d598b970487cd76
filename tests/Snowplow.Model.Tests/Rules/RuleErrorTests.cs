using System.Collections.Immutable;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Rules;

public sealed class RuleErrorTests
{
    [Fact]
    public void Parse_OfManyFaults_TellsAllOfThem()
    {
        var errors = Errors("""
            {
              "version": 0, "heart_beat": 10, "min_visit_length": 1.5, "sessions": { "inactivity_gap": "30" }, "bot_filter": { "useragent": "(?=x)" },
              "content_groups": [{ "name": "", "when": { "field": "page_uri", "contains": "x" } }],
              "channel_groups": { "rules": [{ "when": { "field": "sorce", "equals": "x" } }], "categories": { "A": "b", "a": "b", "c.d": 1 } },
              "conversions": [
                { "name": "Purchase", "when": { "field": "event_name", "equals": "x", "contains": "y" }, "value": "source" },
                { "name": "a", "when": { "all": [{ "field": "tr_total", "at_least": "x" }, { "any": [] }] } },
                { "name": "a", "when": { "field": "event_name", "matches": "(" }, "valu": 3 }
              ]
            }
            """);
        errors.Select(error => error.ToString()).ShouldBe(
        [
            "$.heart_beat is not known: did you mean 'heartbeat'?",
            "$.version must be a whole number from 1 to 2147483647, not 0.",
            "$.min_visit_length must be a whole number from 0 to 3600, not 1.5.",
            "$.sessions.inactivity_gap must be a whole number from 1 to 86400, not the text '30'.",
            "$.bot_filter.useragent uses what needs backtracking (look-around, back reference, atomic group or condition), which is not supported: write it without.",
            "$.content_groups[0].name is empty: write a text.",
            "$.content_groups[0].when.field names no field: 'page_uri'. Did you mean 'page_url'?",
            "$.channel_groups.categories.a is given twice, for case does not count: remove one.",
            "$.channel_groups.categories['c.d'] must be text, not 1.",
            "$.channel_groups.rules[0] has no 'name': write it.",
            "$.channel_groups.rules[0].when.field names no field: 'sorce'. Did you mean 'source'?",
            "$.conversions[0].name makes no column: 'Purchase'. Write at most 40 small letters, digits and _, a letter first.",
            "$.conversions[0].when has 2 operators, equals and contains: write one, and join conditions by 'all'.",
            "$.conversions[0].value names no field: 'source' is known to the rules of channel_groups only.",
            "$.conversions[1].when.all[0].at_least must be a number, not the text 'x'.",
            "$.conversions[1].when.all[1].any is empty: write a condition.",
            "$.conversions[2].valu is not known: did you mean 'value'?",
            "$.conversions[2].name is given twice: 'a'. Write another name, or join the conditions by 'any'.",
            "$.conversions[2].when.matches is no regular expression: Invalid pattern '(' at offset 1. Not enough )'s.",
        ]);
    }

    [Theory]
    [InlineData("", "$ is no JSON")]
    [InlineData("{", "$ is no JSON")]
    [InlineData("[]", "$ must be an object, not an array")]
    [InlineData("{}", "$ has no version: write \"version\": 1")]
    [InlineData("""{"version":1,"version":2}""", "$.version is given twice")]
    [InlineData("""{"version":1,"zzz":2}""", "$.zzz is not known: remove it, or write one of version, heartbeat")]
    [InlineData("""{"version":1,"\ud800":2}""", "$ is no JSON: the text at byte 13 has an escape of half a surrogate pair")]
    [InlineData("""{"version":1e400}""", "$.version must be a whole number")]
    [InlineData("""{"version":1,"bot_filter":true}""", "$.bot_filter must be an object, or false for no filter, not True")]
    [InlineData("""{"version":1,"content_groups":{}}""", "$.content_groups must be an array, not an object")]
    [InlineData("""{"version":1,"conversions":[null]}""", "$.conversions[0] must be an object, not null")]
    [InlineData("""{"version":1,"sessions":{"max_length":59}}""", "$.sessions.max_length must be a whole number from 60 to 604800, not 59")]
    [InlineData("""{"version":1,"sessions":{"new_campaign":1}}""", "$.sessions.new_campaign must be true or false, not 1")]
    [InlineData("""{"version":1,"sessions":{"max_lenght":60}}""", "$.sessions.max_lenght is not known: did you mean 'max_length'?")]
    [InlineData("""{"version":1,"identifiers":[{"name":"u","field":"user_id"}]}""", "$.identifiers[0].name is no name of an identifier: 'u'. Write at most 40 small letters, digits and _, two at least, a letter first")]
    [InlineData("""{"version":1,"identifiers":[{"name":"login","field":"user_id"},{"name":"login","field":"user_id"}]}""", "$.identifiers[1].name is given twice: 'login'. Write another name")]
    [InlineData("""{"version":1,"identifiers":[{"name":"login","field":"userid"}]}""", "$.identifiers[0].field names no field: 'userid'. Did you mean 'user_id'?")]
    [InlineData("""{"version":1,"identifiers":[{"name":"login","field":"user_id","max_users":0}]}""", "$.identifiers[0].max_users must be a whole number from 1 to 1000, not 0")]
    [InlineData("""{"version":1,"identifiers":[{"field":"user_id"}]}""", "$.identifiers[0] has no 'name': write it")]
    public void Parse_OfADocument_TellsWhatIsWrong(string json, string message) => Errors(json).ShouldHaveSingleItem().ToString().ShouldStartWith(message);

    [Theory]
    [InlineData("""{}""", "$.c has no 'field' and no 'all', 'any' or 'none'", "$.c has no operator: write one of equals")]
    [InlineData("""{"field":"event_name"}""", "$.c has no operator: write one of equals, not_equals, less_than")]
    [InlineData("""{"field":"event_name","equal":"x"}""", "$.c.equal is not known: did you mean 'equals'?", "$.c has no operator")]
    [InlineData("""{"all":[{"field":"event_name","equals":"x"}],"field":"event_name"}""", "$.c has 'all' and more: put each condition")]
    [InlineData("""{"field":"event_name","equals":null}""", "$.c.equals must not be null: write \"is_null\": true")]
    [InlineData("""{"field":"event_name","equals":["x"]}""", "$.c.equals must be text or a number, not an array")]
    [InlineData("""{"field":"event_name","in":["x",{}]}""", "$.c.in[1] must be text or a number, not an object")]
    [InlineData("""{"field":"event_name","in":[]}""", "$.c.in is empty")]
    [InlineData("""{"field":"event_name","contains":1}""", "$.c.contains must be text, not 1")]
    [InlineData("""{"field":"event_name","is_null":1}""", "$.c.is_null must be true or false, not 1")]
    [InlineData("""{"field":"event_name","is_null":true,"ignore_case":true}""", "$.c.ignore_case has no meaning beside 'is_null'")]
    [InlineData("""{"field":"br_cookies","equals":1}""", "$.c.equals must be true or false, not 1")]
    [InlineData("""{"field":"domain_sessionidx","equals":"1"}""", "$.c.equals must be a number, not the text '1'")]
    [InlineData("""{"field":"derived_tstamp","at_least":"2026-13-01"}""", "$.c.at_least must be a time such as")]
    [InlineData("""{"field":"derived_tstamp","equals":5}""", "$.c.equals must be a time such as")]
    [InlineData("""{"field":"contexts_com_acme_cart_1.n","at_least":true}""", "$.c.at_least must be a number or a time such as")]
    [InlineData("""{"field":"contexts_com_acme_cart_1.n","at_least":1e999}""", "$.c.at_least is too large")]
    [InlineData("""{"field":"contexts_com_acme_cart.n","equals":1}""", "$.c.field names no schema: 'contexts_com_acme_cart'")]
    [InlineData("""{"field":"unstruct_event_Com_acme_1.n","equals":1}""", "$.c.field names no schema: 'unstruct_event_Com_acme_1'")]
    [InlineData("""{"field":"contexts_com_acme_cart_1..n","equals":1}""", "$.c.field has an empty name between its dots")]
    [InlineData("""{"field":"xyzzy","equals":1}""", "$.c.field names no field: 'xyzzy'. Write a column such as")]
    [InlineData("""{"field":"event_name","matches":"(a)\\1"}""", "$.c.matches uses what needs backtracking")]
    [InlineData("""{"field":"event_name","matches":"(a{1000}){1000}"}""", "$.c.matches is too large, since {n} repeats")]
    public void Parse_OfACondition_TellsWhatIsWrong(string condition, params string[] messages)
    {
        var errors = Errors($$"""{"version":1,"conversions":[{"name":"c","when":{{condition}}}]}""")
            .Select(error => error.ToString().Replace("$.conversions[0].when", "$.c", StringComparison.Ordinal)).ToArray();
        errors.Length.ShouldBe(messages.Length, string.Join('\n', errors));
        foreach (var (error, message) in errors.Zip(messages)) error.ShouldStartWith(message);
    }

    [Fact]
    public void Parse_OfDeepConditions_TakesEightLevels()
    {
        var condition = """{"field":"event_name","equals":"x"}""";
        for (var level = 1; level < 8; level++) condition = $$"""{"all":[{{condition}}]}""";
        ModelRules.Parse(RuleLine.Utf8(Document(condition))).Conversions.Length.ShouldBe(1);
        Errors(Document($$"""{"any":[{{condition}}]}""")).ShouldHaveSingleItem().Message.ShouldBe("lies more than 8 conditions deep: make it flatter");

        static string Document(string condition) => $$"""{"version":1,"conversions":[{"name":"c","when":{{condition}}}]}""";
    }

    private static ImmutableArray<RuleError> Errors(string json) =>
        Should.Throw<ModelRulesException>(() => ModelRules.Parse(RuleLine.Utf8(json))).Errors;
}
