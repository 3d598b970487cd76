using System.Text;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Profiles;

public sealed class ProfileRulesTests
{
    [Fact]
    public void Parse_OfManyFaults_TellsAllOfThem() => Errors("""
        {
          "version": 1,
          "attribute_groups": [
            {
              "name": "shopper", "version": 1, "key": "sesion", "ttl": 0,
              "attributes": [
                { "name": "Views", "aggregation": "counter" },
                { "name": "spent", "aggregation": "summ", "property": "tr_totl" },
                { "name": "seen", "aggregation": "counter", "property": "page_url" },
                { "name": "last", "aggregation": "last" },
                { "name": "last", "aggregation": "last", "property": "page_url", "period": 5 },
                { "name": "pages", "aggregation": "unique_list", "property": "page_url", "default_value": "none" },
                { "name": "paid", "aggregation": "max", "property": "tr_total", "default_value": "x", "perid": 60, "when": { "field": "event_nam", "equals": "x" } }
              ]
            },
            { "name": "shopper", "version": 0, "key": "user_idd", "attributes": [] },
            { "name": "c", "version": 1, "key": "contexts_com_acme_cart_1.a:b", "attributes": [{ "name": "n", "aggregation": "counter" }] },
            { "version": 1 }
          ],
          "interventions": [
            { "name": "big", "version": 1, "group": "shoper", "when": { "attribute": "spent", "at_least": 3 } },
            { "name": "big", "version": 1, "group": "shopper", "when": { "all": [{ "attribute": "spend", "at_least": 3 }, { "field": "page_url", "is_null": true }] } },
            { "name": "zzz", "version": 1, "group": "warehouse", "when": { "attribute": "x", "is_null": true } },
            { "name": "late", "group": "shopper", "when": { "attribute": "qqqqqqqqqq", "greater": 3 } }
          ]
        }
        """).ShouldBe(
    [
        "$.attribute_groups[0].key names no key: 'sesion'. Did you mean 'session'?",
        "$.attribute_groups[0].ttl must be a whole number from 1 to 315619200, not 0.",
        "$.attribute_groups[0].attributes[0].name is no name: 'Views'. Write at most 60 small letters, digits and _, a letter first.",
        "$.attribute_groups[0].attributes[1].aggregation names no aggregation: 'summ'. Did you mean 'sum'?",
        "$.attribute_groups[0].attributes[1].property names no field: 'tr_totl'. Did you mean 'tr_total'?",
        "$.attribute_groups[0].attributes[2].property has no meaning beside 'counter': remove it, or ask for it in 'when'.",
        "$.attribute_groups[0].attributes[3] has no 'property': write it.",
        "$.attribute_groups[0].attributes[4].name is given twice: 'last'. Write another name.",
        "$.attribute_groups[0].attributes[4].period must be a whole number from 60 to 31622400, not 5.",
        "$.attribute_groups[0].attributes[5].default_value must be an array, not the text 'none'.",
        "$.attribute_groups[0].attributes[6].perid is not known: did you mean 'period'?",
        "$.attribute_groups[0].attributes[6].when.field names no field: 'event_nam'. Did you mean 'event_name'?",
        "$.attribute_groups[0].attributes[6].default_value must be a number, not the text 'x'.",
        "$.attribute_groups[1].name is given twice: 'shopper'. Write another name.",
        "$.attribute_groups[1].version must be a whole number from 1 to 2147483647, not 0.",
        "$.attribute_groups[1].key names no field: 'user_idd'. Did you mean 'user_id'?",
        "$.attribute_groups[1].attributes is empty: write an attribute.",
        "$.attribute_groups[2].key has a colon: 'contexts_com_acme_cart_1.a:b'. Write 'user', 'session' or a field such as user_id.",
        "$.attribute_groups[3] has no 'name': write it.",
        "$.attribute_groups[3] has no 'key': write it.",
        "$.attribute_groups[3] has no 'attributes': write it.",
        "$.interventions[0].group names no attribute group: 'shoper'. Did you mean 'shopper'?",
        "$.interventions[1].name is given twice: 'big'. Write another name.",
        "$.interventions[1].when.all[0].attribute names no attribute of 'shopper': 'spend'. Did you mean 'spent'?",
        "$.interventions[1].when.all[1].field is not known: remove it, or write one of all, any, none, attribute, ignore_case, equals, not_equals, less_than, at_most, greater_than, at_least, contains, starts_with, ends_with, matches, not_matches, in, not_in, is_null.",
        "$.interventions[1].when.all[1] has no 'attribute' and no 'all', 'any' or 'none': write one of them.",
        "$.interventions[2].group names no attribute group: 'warehouse'. Write the name of one of attribute_groups.",
        "$.interventions[3] has no 'version': write it.",
        "$.interventions[3].when.greater is not known: remove it, or write one of all, any, none, attribute, ignore_case, equals, not_equals, less_than, at_most, greater_than, at_least, contains, starts_with, ends_with, matches, not_matches, in, not_in, is_null.",
        "$.interventions[3].when.attribute names no attribute of 'shopper': 'qqqqqqqqqq'. Write one of spent, seen, last, pages, paid.",
        "$.interventions[3].when has no operator: write one of equals, not_equals, less_than, at_most, greater_than, at_least, contains, starts_with, ends_with, matches, not_matches, in, not_in, is_null.",
    ]);

    [Fact]
    public void Remodelled_KeepsGroupsAndInterventions()
    {
        var rules = ModelRules.Parse(Encoding.UTF8.GetBytes("""
            {
              "version": 1,
              "attribute_groups": [{ "name": "shopper", "version": 3, "key": "user_id", "attributes": [{ "name": "n", "aggregation": "counter" }] }],
              "interventions": [{ "name": "many", "version": 1, "group": "shopper", "when": { "attribute": "n", "at_least": 3 } }]
            }
            """)).Remodelled(2);
        rules.Profiles.Find("shopper")!.Version.ShouldBe(3);
        rules.Profiles.Interventions.ShouldHaveSingleItem().Group.ShouldBe("shopper");
    }

    [Fact]
    public void Default_HasNoGroups_SoThatNoEventHasAProfile()
    {
        var reader = new ProfileKeyReader(ModelRules.Default.Profiles);
        reader.IsIdle.ShouldBeTrue();
        reader.Read(new TestEvent { UserId = "ann" }.Line).ShouldBeEmpty();
    }

    private static IEnumerable<string> Errors(string json) =>
        Should.Throw<ModelRulesException>(() => ModelRules.Parse(Encoding.UTF8.GetBytes(json))).Errors.Select(error => error.ToString());
}
