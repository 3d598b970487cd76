using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Model.Profiles;

namespace Snowplow.Model.Tests.Profiles;

public sealed class InterventionTests
{
    private const string Attributes = """
        { "name": "n", "aggregation": "counter", "period": 600 },
        { "name": "last", "aggregation": "last", "property": "page_title" },
        { "name": "titles", "aggregation": "unique_list", "property": "page_title" }
        """;

    private int _id;

    [Fact]
    public void Condition_ThatBecomesTrue_IsToldOnce_AndAgainAfterItWasFalse()
    {
        var profile = Profile("""{ "attribute": "n", "at_least": 2 }""");
        Told(profile, Next(0)).ShouldBeEmpty();
        var told = Told(profile, Next(1), Next(2)).ShouldHaveSingleItem();
        told.Name.ShouldBe("i");
        told.Key.ShouldBe("ann");
        JsonNode.Parse(told.Json)!.ToJsonString().ShouldBe(
            $$$"""{"id":"{{{told.Id}}}","intervention":"i","version":4,"group":"g","group_version":1,"key":"ann","event_id":"00000000-0000-4000-8000-000000000002","event_name":"page_view","event_tstamp":"2026-03-01T12:01:00.000Z","attributes":{"n":2,"last":null,"titles":[]}}""");
        Told(profile, Next(3)).ShouldBeEmpty();
        // The window has emptied meanwhile, though no event said so.
        Told(profile, Next(30)).ShouldBeEmpty();
        Told(profile, Next(31)).ShouldHaveSingleItem().Id.ShouldNotBe(told.Id);
    }

    [Theory]
    [InlineData("""{ "attribute": "last", "equals": "home" }""", "home", true)]
    [InlineData("""{ "attribute": "last", "equals": "home" }""", "shop", false)]
    [InlineData("""{ "attribute": "last", "not_in": ["home", "shop"] }""", "cart", false)]
    [InlineData("""{ "attribute": "last", "in": ["home", "cart"] }""", "cart", true)]
    [InlineData("""{ "attribute": "last", "is_null": false }""", "cart", true)]
    [InlineData("""{ "attribute": "last", "starts_with": "CA", "ignore_case": true }""", "cart", true)]
    [InlineData("""{ "attribute": "last", "matches": "^c.*t$" }""", "cart", true)]
    [InlineData("""{ "attribute": "titles", "contains": "\"cart\"" }""", "cart", true)]
    [InlineData("""{ "all": [{ "attribute": "n", "equals": 1 }, { "attribute": "last", "contains": "a" }] }""", "cart", true)]
    [InlineData("""{ "all": [{ "attribute": "n", "greater_than": 1 }, { "attribute": "last", "contains": "a" }] }""", "cart", false)]
    [InlineData("""{ "any": [{ "attribute": "n", "less_than": 0 }, { "attribute": "last", "equals": "ca\"rt" }] }""", "ca\"rt", true)]
    public void Condition_OnAttributes_IsToldWhereTheEventMakesItTrue(string when, string title, bool isTold) =>
        Told(Profile(when), Next(0) with { Title = title }).Length.ShouldBe(isTold ? 1 : 0);

    [Fact]
    public void Condition_ThatHoldsAlready_IsNotToldWhenItsRuleIsNew()
    {
        var profile = Profile("""{ "attribute": "n", "at_least": 100 }""");
        Told(profile, Next(0), Next(1)).ShouldBeEmpty();
        profile.Reread(ProfileFixture.Rules(Attributes, interventions: Rule("""{ "attribute": "n", "at_least": 2 }""")));
        Told(profile, Next(2)).ShouldBeEmpty();
    }

    [Fact]
    public void Interventions_AreToldAsOftenAsTheirRangeIsTried_AndForgottenOnceItIsFinished()
    {
        var state = Profile("""{ "attribute": "n", "at_least": 1 }""").State;
        state.Apply("log/0", 0, 10, TestEvent.Lines([Next(0)])).ShouldBe(ApplyOutcome.Applied);
        Should.Throw<InvalidOperationException>(() => state.Interventions("log/0", 0));
        Write(state);
        var told = state.Interventions("log/0", 0).ShouldHaveSingleItem();
        state.Interventions("log/0", 0).ShouldHaveSingleItem().ShouldBe(told);
        state.Interventions("log/1", 0).ShouldBeEmpty();
        state.Interventions("log/0", 10).ShouldBeEmpty();
        Write(state);
        state.Pending.ShouldBeEmpty();
    }

    [Fact]
    public void Id_OfAnIntervention_IsTheSameWhateverBatchBringsTheEvent()
    {
        var (first, second) = (Next(0), Next(1));
        var together = Told(Profile("""{ "attribute": "n", "at_least": 2 }"""), first, second).ShouldHaveSingleItem();
        var apart = Profile("""{ "attribute": "n", "at_least": 2 }""").Apply(first).Reread();
        Told(apart, second).ShouldHaveSingleItem().ShouldBe(together);
    }

    private static ProfileFixture Profile(string when) => new(Attributes, interventions: Rule(when));

    private static string Rule(string when) => $$"""{ "name": "i", "version": 4, "group": "g", "when": {{when}} }""";

    private static Intervention[] Told(ProfileFixture profile, params TestEvent[] events)
    {
        var before = profile.State.Pending.Count;
        profile.Apply(events);
        return [.. profile.State.Pending.Skip(before).Select(pending => pending.Intervention)];
    }

    private static void Write(ProfileState state)
    {
        state.BeforeWrite();
        state.AfterWrite();
    }

    private TestEvent Next(double minutes) =>
        new TestEvent { UserId = "ann", Id = $"00000000-0000-4000-8000-{++_id:D12}" }.After(minutes).Also((EventField.BrCookies, "1"));
}
