using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Identity;
using Snowplow.Model.Rules;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests.Identity;

public sealed class UserIdentitiesTests
{
    private const string Partition = "log/0";

    private static readonly ModelRules Rules = ModelRules.Parse("""
        {"version": 1, "identifiers": [{"name": "login", "field": "user_id"}, {"name": "mail", "field": "user_fingerprint", "unique": false}]}
        """u8.ToArray());

    private static readonly TestEvent Visit = new() { DomainUserid = "a" };

    [Fact]
    public void UniqueIdentifier_HoldsTheLastValueByEventTime_AndTellsTheOthersToo()
    {
        var told = Tell(Visit with { UserId = "ann", Time = TestEvent.Noon.AddMinutes(5) }, Visit with { UserId = "jo" });
        told.Held.Select(held => held.Key).ShouldBe(["login:ann"]);
        told.Others.ShouldBe(["login:jo"]);
    }

    [Fact]
    public void OtherIdentifiers_HoldAllValues_BehindThoseToTrustMore_EachWithItsFirstSight()
    {
        var told = Tell(Mail("m2").After(4), Mail("m1").After(3), Mail("m2"), Visit with { UserId = "jo", Time = TestEvent.Noon.AddMinutes(9) });
        told.Held.Select(held => held.Key).ShouldBe(["login:jo", "mail:m1", "mail:m2"]);
        told.Held[2].FirstMs.ShouldBe(TestEvent.Noon.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Events_InAnyOrder_HoldTheSame()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var events = Enumerable.Range(0, random.Next(1, 60)).Select(minute =>
                (random.Next(2) == 0 ? Mail($"m{random.Next(24)}") : Visit with { UserId = $"u{random.Next(24)}" }).After(minute)).ToArray();
            var wanted = Keys(Tell(events));
            random.Shuffle(events);
            Keys(Tell(events)).ShouldBe(wanted, $"seed {seed}");
        }
    }

    [Fact]
    public void SeventeenthValue_TakesTheOldestOne_WhichIsToldThatItIsNoMore_AndTheRowSaysSo()
    {
        var state = State([.. Enumerable.Range(0, 16).Select(n => Mail($"m{n:D2}").After(n))]);
        Write(state);
        Apply(state, 2, Mail("m16").After(16));
        var rows = Write(state);
        rows.Identities!.Held.Length.ShouldBe(16);
        rows.Identities.Former.ShouldBe(["mail:m00"]);
        JsonElement.Parse(rows.UserLine).GetProperty("inexact_columns").EnumerateArray().Select(column => column.GetString()).ShouldContain("identities");
    }

    [Fact]
    public void NothingNew_IsNotToldAgain_OnceItsRangeIsFinished()
    {
        var state = State(Visit with { UserId = "jo" });
        Write(state).Identities.ShouldNotBeNull();
        Write(state).Identities.ShouldNotBeNull(); // The same checkpoint tried again.
        Apply(state, 2, Visit with { UserId = "jo", Id = "00000000-0000-4000-8000-000000000002", Time = TestEvent.Noon.AddMinutes(1) });
        Write(state, finished: 1).Identities.ShouldBeNull();
    }

    [Fact]
    public void OtherRules_HaveEverythingToldAnew_WithTheNextEventOfAnyKind()
    {
        var state = State(Visit with { UserId = "jo" }, Mail("m"));
        Write(state);
        var other = ModelRules.Parse("""
            {"version": 2, "identifiers": [{"name": "mail", "field": "user_fingerprint"}, {"name": "login", "field": "user_id"}]}
            """u8.ToArray());
        state.Use(other);
        Write(state);
        var visit = Visit with { Id = "00000000-0000-4000-8000-000000000002", Time = TestEvent.Noon.AddMinutes(1) };
        state.Apply(Partition, 0, 2, TestEvent.Lines([visit]), other).ShouldBe(ApplyOutcome.Applied);
        Write(state, finished: 1).Identities!.Held.Select(held => held.Key).ShouldBe(["mail:m", "login:jo"]);
    }

    [Fact]
    public void Value_LongerThanTheBound_IsCut()
    {
        var told = Tell(Visit with { UserId = new string('x', 300) });
        told.Held.Single().Key.ShouldBe("login:" + new string('x', 255));
    }

    private static TestEvent Mail(string hash) => Visit.Also((EventField.UserFingerprint, hash));

    private static UserIdentitySummary Tell(params TestEvent[] events) => Write(State(events)).Identities!;

    private static string Keys(UserIdentitySummary told) =>
        string.Join(' ', told.Held.Select(held => held.Key)) + " | " + string.Join(' ', told.Others.Order(StringComparer.Ordinal));

    private static UserState State(params TestEvent[] events)
    {
        var state = new UserState { Key = "d:a" };
        state.Use(Rules);
        Apply(state, 1, events);
        return state;
    }

    private static void Apply(UserState state, long upTo, params TestEvent[] events) =>
        state.Apply(Partition, 0, upTo, TestEvent.Lines(events), Rules).ShouldBe(ApplyOutcome.Applied);

    private static UserStateRows Write(UserState state, long finished = 0)
    {
        if (state.HasChanges)
        {
            state.BeforeWrite();
            state.AfterWrite();
        }

        return state.Rows(Partition, finished)!;
    }
}
