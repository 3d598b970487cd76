using System.Collections.Immutable;
using System.Text.Json;
using Snowplow.Model.Identity;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Identity;

public sealed class IdentityStateTests
{
    private static readonly ModelRules Rules = ModelRules.Parse("""
        {"version": 1, "identifiers": [
          {"name": "login", "field": "user_id"},
          {"name": "mail", "field": "user_fingerprint", "unique": false, "max_users": 2},
          {"name": "device", "field": "br_name"}
        ]}
        """u8.ToArray());

    [Fact]
    public void Identity_WhoseUserHasOneAboveIt_BelongsToThat_AndSaysSinceWhen()
    {
        var mail = State("mail:m", Told("d:a", 1, [("login:jo", 500), ("mail:m", 100)]));
        var row = Row(mail);
        row.GetProperty("belongs_to").GetString().ShouldBe("login:jo");
        row.GetProperty("belongs_since").GetString().ShouldBe("1970-01-01T00:00:00.500Z");
        row.GetProperty("first_tstamp").GetString().ShouldBe("1970-01-01T00:00:00.100Z");
        Row(State("login:jo", Told("d:a", 1, [("login:jo", 500), ("mail:m", 100)]))).TryGetProperty("belongs_to", out _).ShouldBeFalse();
    }

    [Fact]
    public void Identity_WhoseUsersHaveSeveralAboveIt_BelongsToTheMostTrusted_ThenTheFirstSeen()
    {
        var device = State(
            "device:x",
            Told("d:a", 1, [("mail:m", 1), ("device:x", 1)]), Told("d:b", 1, [("login:late", 900), ("device:x", 1)]), Told("d:c", 1, [("login:early", 800), ("device:x", 1)]));
        Row(device).GetProperty("belongs_to").GetString().ShouldBe("login:early");
    }

    [Fact]
    public void Identity_ThatTurnsOutToBelongToAnother_HasAMergeForEach_WithWhatItBelongedToBefore()
    {
        var state = State("mail:m", Told("d:a", 1, [("login:jo", 500), ("mail:m", 100)]));
        Write(state, Told("d:b", 1, [("login:ann", 300), ("mail:m", 200)]));
        var merges = Lines(state.Rows(Rules).MergeLines);
        merges.Select(merge => (merge.GetProperty("belongs_to").GetString(), Text(merge, "former_belongs_to"))).ShouldBe([("login:jo", null), ("login:ann", "login:jo")]);
        merges[1].GetProperty("revision").GetInt64().ShouldBe(2);
    }

    [Fact]
    public void Identity_OfMoreUsersThanTheRulesAllow_IsShared_ListsNobodyAndBelongsToNobody_ForGood()
    {
        var state = State("mail:m", Told("d:a", 1, [("login:jo", 500), ("mail:m", 100)]), Told("d:b", 1, [("mail:m", 1)]));
        Row(state).GetProperty("is_shared").GetBoolean().ShouldBeFalse();
        Write(state, Told("d:c", 1, [("mail:m", 1)]));
        Write(state, Told("d:a", 2, [], former: ["mail:m"]), Told("d:b", 2, [], former: ["mail:m"]));
        var row = Row(state);
        row.GetProperty("is_shared").GetBoolean().ShouldBeTrue();
        row.GetProperty("user_keys").GetArrayLength().ShouldBe(0);
        row.TryGetProperty("users", out _).ShouldBeFalse();
        row.TryGetProperty("belongs_to", out _).ShouldBeFalse();
        Lines(state.Rows(Rules).MergeLines).ShouldBeEmpty();
    }

    [Fact]
    public void Identity_ThatAUserWasSeenWithButALaterOneHolds_DoesNotListHim_ButCountsHimForSharing()
    {
        var state = State("mail:m", Told("d:a", 1, [], others: ["mail:m"]), Told("d:b", 1, [("mail:m", 1)]));
        Row(state).GetProperty("user_keys")[0].GetString().ShouldBe("d:b");
        Row(state).GetProperty("users").GetInt64().ShouldBe(1);
        Write(state, Told("d:c", 1, [], others: ["mail:m"]));
        Row(state).GetProperty("is_shared").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Telling_OlderThanWhatIsKnown_ChangesNothing_AlsoOfAUserWhoHasGone()
    {
        var state = State("login:jo", Told("d:a", 2, [], former: ["login:jo"]));
        state.Take([Told("d:a", 1, [("login:jo", 1)])], Rules);
        state.HasChanges.ShouldBeFalse();
        Row(state).GetProperty("users").GetInt64().ShouldBe(0);
    }

    [Fact]
    public void WhatIsTold_InAnyOrderAndAgain_GivesTheSameRow()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var told = Enumerable.Range(0, 12).Select(_ => (User: $"d:{random.Next(4)}", Revision: random.Next(1, 5))).Distinct()
                .Select(key => Summary(key.User, key.Revision)).ToArray();
            var wanted = State("mail:m", [.. told.GroupBy(user => user.UserKey).Select(user => user.MaxBy(one => one.Revision)!)]);
            var state = new IdentityState { Key = "mail:m" };
            state.Use(Rules);
            random.Shuffle(told);
            foreach (var user in told.Concat(told.Take(3)))
            {
                Write(state, user);
                if (random.Next(3) == 0) state = Reread(state);
            }

            if (Row(state).GetProperty("is_shared").GetBoolean()) continue; // More users were known once than are at last.
            Content(Row(state)).ShouldBe(Content(Row(wanted)), $"seed {seed}");
        }
    }

    // What a user tells depends on user and revision alone.
    private static UserIdentitySummary Summary(string user, int revision)
    {
        var random = new Random(HashCode.Combine(7, user[^1], revision));
        return random.Next(4) == 0
            ? Told(user, revision, [], former: ["mail:m"])
            : Told(user, revision, random.Next(2) == 0 ? [($"login:{random.Next(3)}", random.Next(5)), ("mail:m", random.Next(9))] : [("mail:m", random.Next(9))]);
    }

    private static IdentityState State(string key, params ReadOnlySpan<UserIdentitySummary> users)
    {
        var state = new IdentityState { Key = key };
        state.Use(Rules);
        Write(state, users);
        return state;
    }

    private static void Write(IdentityState state, params ReadOnlySpan<UserIdentitySummary> users)
    {
        state.Take([.. users], Rules);
        if (!state.HasChanges) return;
        state.BeforeWrite(Rules);
        state.AfterWrite();
    }

    private static IdentityState Reread(IdentityState state)
    {
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(state, ModelJson.IdentityState), ModelJson.IdentityState)!;
        read.Key = state.Key;
        read.Use(Rules);
        return read;
    }

    private static UserIdentitySummary Told(
        string user, long revision, (string Key, long FirstMs)[] held, ImmutableArray<string>? former = null, ImmutableArray<string>? others = null) => new()
    {
        UserKey = user,
        Revision = revision,
        Held = [.. held.Select(identity => new SeenIdentity(identity.Key, identity.FirstMs, identity.FirstMs))],
        Former = former ?? [],
        Others = others ?? [],
    };

    private static JsonElement Row(IdentityState state) => Lines(state.Rows(Rules).IdentityLine).Single();

    private static List<JsonElement> Lines(byte[] lines) =>
        [.. System.Text.Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static string Content(JsonElement row) =>
        JsonSerializer.Serialize(row.EnumerateObject().Where(member => member.Name != "revision").ToDictionary(member => member.Name, member => member.Value));

    private static string? Text(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.GetString() : null;
}
