using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests.Users;

public sealed class UserStateTests
{
    private readonly UserState _state = new() { Key = "d:duid" };

    [Fact]
    public void TakeSessions_InAnyOrder_KeepsTheNewestRevisionOfEach()
    {
        SessionSummary[] rows = [Session(1, 1), Session(2, 1), Session(1, 3), Session(3, 1), Session(1, 2), Session(3, 2) with { MergedInto = "x" }];
        string? expected = null;
        for (var seed = 0; seed < 50; seed++)
        {
            new Random(seed).Shuffle(rows);
            var user = new UserState { Key = "d:duid" };
            user.Apply("log/0", 0, 1, TestEvent.Lines([new TestEvent { DomainUserid = "duid" }]), ModelRules.Default);
            foreach (var row in rows) user.TakeSessions([row]);
            var sessions = user.CurrentRow()!.SessionList;
            sessions.Select(session => (session.SessionIdentifier, session.SessionIndex, session.Revision)).ShouldBe([("s001", 1, 3), ("s002", 2, 1)]);
            user.CurrentRow()!.Sessions.ShouldBe(2);
            var list = string.Join(';', sessions);
            list.ShouldBe(expected ??= list);
        }
    }

    [Fact]
    public void TakeSessions_OfOneThatWentToAnotherUser_LosesItForGood()
    {
        Apply(new TestEvent { DomainUserid = "duid" });
        _state.TakeSessions([Session(1, 1)]);
        _state.TakeSessions([Session(1, 4) with { UserKey = "d:other" }]);
        _state.TakeSessions([Session(1, 3)]);
        _state.CurrentRow()!.Sessions.ShouldBe(0);
        _state.TakeSessions([Session(1, 5)]);
        _state.CurrentRow()!.Sessions.ShouldBe(1);
    }

    [Fact]
    public void TakeSessions_OfMoreThanAreListed_CountsAllAndNumbersTheLast()
    {
        Apply(new TestEvent { DomainUserid = "duid" });
        var rows = Enumerable.Range(1, 120).Select(number => Session(number, 1)).ToArray();
        _state.TakeSessions([.. rows]);
        _state.TakeSessions([.. rows.Select(row => row with { Session = row.Session with { Revision = 2 } })]);
        var row = _state.CurrentRow()!;
        row.Sessions.ShouldBe(120);
        row.SessionList.Length.ShouldBe(50);
        row.SessionList[0].ShouldBe(row.SessionList[0] with { SessionIdentifier = "s071", SessionIndex = 71, Revision = 2 });
        row.InexactColumns.ShouldBe(["session_list", "sessions", "active_days", "views", "engaged_time_in_s", "absolute_time_in_s", "app_errors", "fatal_app_errors"]);
    }

    [Fact]
    public void TakeSessions_KnownAlready_NeedsNoWrite()
    {
        Apply(new TestEvent { DomainUserid = "duid" });
        _state.TakeSessions([Session(1, 1)]);
        _state.BeforeWrite();
        _state.AfterWrite();
        _state.TakeSessions([Session(1, 1)]);
        _state.HasChanges.ShouldBeFalse();
        _state.Rows("log/0", 0).UserRow()!.Revision.ShouldBe(1);
    }

    [Fact]
    public void UserId_OfSeveralLogins_IsTheLastByEventTime()
    {
        var e = new TestEvent { DomainUserid = "duid", UserId = "ann" };
        Apply(e.After(5), e.After(9) with { Id = "2", UserId = null }, e.After(1) with { Id = "3", UserId = "bob" });
        var row = _state.CurrentRow()!;
        row.UserId.ShouldBe("ann");
        row.UserIds.ShouldBe(["ann", "bob"]);
        row.TotalEvents.ShouldBe(3);
    }

    [Fact]
    public void Identifiers_OfAnonymousEvents_LeaveOutTheZeroUuid()
    {
        const string Zeros = "00000000-0000-0000-0000-000000000000";
        var e = new TestEvent { UserId = "ann", DomainUserid = Zeros, NetworkUserid = Zeros, ClientUserId = Zeros };
        Apply(e, e.After(1) with { Id = "2", DomainUserid = "duid" });
        var row = _state.CurrentRow()!;
        row.DeviceIdentifiers.ShouldBe(["duid"]);
        row.NetworkUserids.ShouldBeEmpty();
    }

    [Fact]
    public void FirstTouch_OfAUserFirstSeenByAServerEvent_IsThatOfHisFirstPage()
    {
        var e = new TestEvent { DomainUserid = "duid" };
        Apply(e with { Id = "1", Name = "order_imported", Platform = "srv" }, e.After(60) with { Id = "2", Source = "google", Url = "https://a.example/" });
        var row = _state.CurrentRow()!;
        row.MktSource.ShouldBe("google");
        row.Platform.ShouldBe("web");
        row.StartTstamp.ShouldBe(TestEvent.Noon);
    }

    [Fact]
    public void Row_OfAUserWithoutEvents_IsNone() => _state.Rows("log/0", 0).ShouldBeNull();

    private void Apply(params TestEvent[] events) => _state.Apply("log/0", 0, 1, TestEvent.Lines(events), ModelRules.Default).ShouldBe(ApplyOutcome.Applied);

    private static SessionSummary Session(int number, long revision) => new()
    {
        UserKey = "d:duid",
        Session = new UserSession
        {
            SessionIdentifier = $"s{number:D3}",
            StartTstamp = TestEvent.Noon.AddHours(number),
            EndTstamp = TestEvent.Noon.AddHours(number).AddMinutes(revision),
            Views = number,
            EngagedTimeInS = 10 * number,
            Revision = revision,
        },
    };
}
