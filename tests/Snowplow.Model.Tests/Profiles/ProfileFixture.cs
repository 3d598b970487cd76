using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Profiles;

/// <summary>Profiles of one group, of the key <c>user_id</c>.</summary>
internal sealed class ProfileFixture
{
    private readonly ProfileRules _rules;
    private long _position;

    /// <param name="attributes">The attributes' JSON objects.</param>
    /// <param name="more">Members of the group, each with a comma behind it.</param>
    /// <param name="interventions">The interventions' JSON objects.</param>
    public ProfileFixture(string attributes, string more = "", string interventions = "")
    {
        _rules = Rules(attributes, more, interventions);
        State = NewState(_rules);
    }

    public ProfileState State { get; private set; }

    public ProfileRules Profiles => _rules;

    public static ProfileRules Rules(string attributes, string more = "", string interventions = "") => ModelRules.Parse(Encoding.UTF8.GetBytes($$"""
        {
          "version": 1,
          "attribute_groups": [{ "name": "g", "version": 1, "key": "user_id", {{more}} "attributes": [{{attributes}}] }],
          "interventions": [{{interventions}}]
        }
        """)).Profiles;

    public static ProfileState NewState(ProfileRules rules)
    {
        var state = new ProfileState { Key = "user_id:ann" };
        state.Use(rules);
        return state;
    }

    /// <summary>Applies events, as one batch.</summary>
    public ProfileFixture Apply(params TestEvent[] events)
    {
        State.Apply("log/0", _position, _position + 1, TestEvent.Lines(events)).ShouldBe(ApplyOutcome.Applied);
        _position++;
        return this;
    }

    /// <summary>The state as it is after it was written and read, under these rules or others.</summary>
    public ProfileFixture Reread(ProfileRules? rules = null)
    {
        var json = JsonSerializer.Serialize(State, ModelJson.ProfileState);
        State = JsonSerializer.Deserialize(json, ModelJson.ProfileState)!;
        State.Key = "user_id:ann";
        State.Use(rules ?? _rules);
        return this;
    }

    /// <summary>The attributes at a time.</summary>
    public JsonObject At(DateTimeOffset now) => Attributes(State, now) ?? Attributes(ProfileJson.Empty(_rules.Find("g")!, "ann"));

    /// <summary>An attribute's JSON some minutes after noon.</summary>
    public string Value(string attribute, double minutes = 0) => At(TestEvent.Noon.AddMinutes(minutes))[attribute]?.ToJsonString() ?? "null";

    public static JsonObject? Attributes(ProfileState state, DateTimeOffset now) =>
        state.Read("g", now.ToUnixTimeMilliseconds()) is { } json ? Attributes(json) : null;

    private static JsonObject Attributes(byte[] json) => JsonNode.Parse(json)!["attributes"]!.AsObject();
}
