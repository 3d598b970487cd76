using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.Sessions;

public sealed class SessionStateTests
{
    private const string P = "log/0";

    private static readonly ModelRules Rules = ModelRules.Default;

    private static readonly TestEvent Cookie = new() { NetworkUserid = "nuid" };

    private readonly SessionState _state = new() { Key = "n:nuid" };
    private long _position;
    private int _ids;

    [Fact]
    public void Apply_OfABatchOnceMoreOrAfterALoss_ChangesNothing()
    {
        var events = TestEvent.Lines([New(0)]);
        _state.Apply(P, 0, 10, events, Rules).ShouldBe(ApplyOutcome.Applied);
        _state.Apply(P, 0, 10, events, Rules).ShouldBe(ApplyOutcome.AlreadyApplied);
        _state.Apply(P, 11, 20, events, Rules).ShouldBe(ApplyOutcome.Behind);
        Written().ShouldHaveSingleItem().TotalEvents.ShouldBe(1);
    }

    [Fact]
    public void Apply_WithoutAKey_IsRefused() =>
        Should.Throw<ArgumentException>(() => new SessionState().Apply(P, 0, 1, TestEvent.Lines([New(0)]), Rules));

    [Theory]
    [InlineData(30, 1)]
    [InlineData(30.001, 2)]
    public void ServerCut_OfEventsWithTheGapBetween_CutsOnlyWhereItIsLonger(double minutes, int sessions)
    {
        Apply(New(0), New(minutes));
        Written().Length.ShouldBe(sessions);
    }

    [Fact]
    public void ServerCut_SessionsId_NamesTheUserAndTheFirstEvent()
    {
        Apply(New(5), New(0));
        Written().ShouldHaveSingleItem().SessionIdentifier.ShouldBe("n:nuid~20260301T120000000Z");
    }

    [Fact]
    public void ServerCut_LateEventBetweenTwoWrittenSessions_MergesThemAndTheLaterSaysSo()
    {
        Apply(New(0), New(50));
        Written().Length.ShouldBe(2);
        Apply(New(25));
        var rows = Written();
        rows.Length.ShouldBe(2);
        var (live, merged) = (rows[0], rows[1]);
        live.SessionIdentifier.ShouldBe("n:nuid~20260301T120000000Z");
        live.TotalEvents.ShouldBe(3);
        live.MergedInto.ShouldBeNull();
        merged.SessionIdentifier.ShouldBe("n:nuid~20260301T125000000Z");
        merged.MergedInto.ShouldBe(live.SessionIdentifier);
        merged.Revision.ShouldBe(2);
        _state.CurrentRow(merged.SessionIdentifier, Rules)!.MergedInto.ShouldBe(live.SessionIdentifier);
    }

    [Fact]
    public void ServerCut_LateEventBetweenTwoSessionsNeverWritten_LeavesNoTrace()
    {
        Apply(New(0), New(50));
        Apply(New(25));
        Written().ShouldHaveSingleItem().TotalEvents.ShouldBe(3);
    }

    [Fact]
    public void ServerCut_LateEventBeforeTheFirstOfAWrittenSession_RenamesItAndTheOldIdSaysSo()
    {
        Apply(New(0));
        Written();
        Apply(New(-10));
        var rows = Written();
        rows[0].SessionIdentifier.ShouldBe("n:nuid~20260301T115000000Z");
        rows[1].SessionIdentifier.ShouldBe("n:nuid~20260301T120000000Z");
        rows[1].MergedInto.ShouldBe(rows[0].SessionIdentifier);

        Apply(New(-20));
        var again = Written();
        again.Where(row => row.MergedInto is not null).ShouldAllBe(row => row.MergedInto == "n:nuid~20260301T114000000Z");
        again.Length.ShouldBe(3);
    }

    [Fact]
    public void ServerCut_SessionsBeyondLateness_AreGivenUpOnceTheirRowsAreSafe()
    {
        Apply(New(0));
        Apply(New(4 * 24 * 60));
        Written(finished: 0).Length.ShouldBe(2);
        Apply(New(4 * 24 * 60 + 1));
        Written(finished: 0).Length.ShouldBe(2, "The range may still be tried again.");
        Apply(New(4 * 24 * 60 + 2));
        Written(finished: _position).ShouldBeEmpty();
        Apply(New(4 * 24 * 60 + 3));
        Written(finished: _position - 1).ShouldHaveSingleItem();
        _state.CurrentRow("n:nuid~20260301T120000000Z", Rules).ShouldBeNull();
    }

    [Fact]
    public void ServerCut_EventBeyondLateness_MakesASessionThatCannotTakeTheOldOnesRow()
    {
        SessionsBeyondLateness_AreGivenUp();
        Apply(New(0));
        var late = Written(finished: _position - 1)[0];
        late.SessionIdentifier.ShouldMatch("^n:nuid~20260301T120000000Z~[0-9a-f]{8}$");
        SessionKey.OfSession(late.SessionIdentifier).ShouldBe("n:nuid");
    }

    [Fact]
    public void ServerCut_EventFromTheFuture_GivesNothingUp()
    {
        Apply(New(0));
        Apply(New(0) with { Time = TestEvent.Noon.AddYears(9), Collector = TestEvent.Noon });
        Written(finished: 0);
        Apply(New(1));
        Written(finished: _position - 1).ShouldHaveSingleItem().TotalEvents.ShouldBe(2);
        Apply(New(2));
        Written(finished: _position - 1).ShouldHaveSingleItem().TotalEvents.ShouldBe(3);
    }

    [Fact]
    public void Copies_OfAnEvent_CountOnceButTakePartInFirstsAndLasts()
    {
        var e = New(0) with { Url = "https://a.example/" };
        Apply(e, e with { Time = e.Time.AddSeconds(90), Url = "https://b.example/" }, e);
        var row = Written().ShouldHaveSingleItem();
        row.TotalEvents.ShouldBe(1);
        row.EventCounts.ShouldHaveSingleItem().ShouldBe(new("page_view", 1));
        row.FirstPageUrl.ShouldBe("https://a.example/");
        row.LastPageUrl.ShouldBe("https://b.example/");
        row.AbsoluteTimeInS.ShouldBe(90);
    }

    [Fact]
    public void Copies_InTwoServerCutSessions_CountInTheEarlierWhicheverComesFirst()
    {
        var e = New(0);
        Apply(e.After(60), New(61));
        Apply(e);
        Written().Select(row => row.TotalEvents).ShouldBe([1, 1]);
        Apply(e.After(120));
        Written().Single(row => row.StartTstamp == e.Time.AddHours(2)).TotalEvents.ShouldBe(0);
    }

    [Fact]
    public void Copies_AlikeInAllThatIsOrdered_GiveTheSameRowInEitherOrder()
    {
        var e = New(0);
        TestEvent[] copies = [e with { Url = "https://a.example/" }, e with { Url = "https://b.example/" }];
        Apply(copies);
        var other = new SessionState { Key = _state.Key };
        other.Apply(P, 0, 1, TestEvent.Lines([copies[1], copies[0]]), Rules);
        other.CurrentRow("n:nuid~20260301T120000000Z", Rules)!.FirstPageUrl.ShouldBe(_state.CurrentRow("n:nuid~20260301T120000000Z", Rules)!.FirstPageUrl);
    }

    [Fact]
    public void EngagedTime_OfPings_CountsHeartbeatsBeyondTheFirstOfEachView()
    {
        var ping = New(0) with { Name = "page_ping", Created = TestEvent.Noon, WebPageId = "view-1" };
        Apply(
            ping,
            ping with { Id = Id(101), Created = TestEvent.Noon.AddSeconds(9.9) },
            ping with { Id = Id(102), Created = TestEvent.Noon.AddSeconds(10), Time = TestEvent.Noon.AddSeconds(10) },
            ping with { Id = Id(103), Created = TestEvent.Noon.AddSeconds(20), Time = TestEvent.Noon.AddSeconds(20) },
            ping with { Id = Id(104), Created = TestEvent.Noon.AddSeconds(20), Time = TestEvent.Noon.AddSeconds(20), WebPageId = "view-2" });
        var row = Written().ShouldHaveSingleItem();
        row.EngagedTimeInS.ShouldBe(10 * (4 - 2) + 2 * 5);
        row.StartTstamp.ShouldBe(TestEvent.Noon.AddSeconds(-5), "A session that begins with a ping began a minimum visit before.");
        row.AbsoluteTimeInS.ShouldBe(25);
        row.IsEngaged.ShouldBeTrue();
        row.Views.ShouldBe(2);
    }

    [Fact]
    public void ClientSession_WhoseEarlierEventIsAnotherUsers_GoesToHimAndTellsTheFormer()
    {
        var session = new SessionState { Key = "s:abc" };
        var e = New(10) with { NetworkUserid = null, DomainUserid = "second", DomainSessionid = "abc" };
        session.Apply(P, 0, 1, TestEvent.Lines([e]), Rules);
        Write(session);
        session.Rows(P, 0, Rules).SessionRows().ShouldHaveSingleItem().UserKey.ShouldBe("d:second");

        session.Apply(P, 1, 2, TestEvent.Lines([New(0) with { DomainUserid = "first", DomainSessionid = "abc" }, New(-5) with { NetworkUserid = null, DomainSessionid = "abc" }]), Rules);
        Write(session);
        var row = session.Rows(P, 1, Rules).SessionRows().ShouldHaveSingleItem();
        row.SessionIdentifier.ShouldBe("abc");
        row.UserKey.ShouldBe("d:first");
        row.FormerUserKeys.ShouldBe(["d:second"]);
        row.IsServerCut.ShouldBeFalse();
    }

    [Fact]
    public void ClientSession_OfAnonymousEvents_HasNoUser()
    {
        var session = new SessionState { Key = "s:abc" };
        var e = New(0) with { NetworkUserid = "00000000-0000-0000-0000-000000000000", DomainSessionid = "abc", Ip = "unknown" };
        session.Apply(P, 0, 1, TestEvent.Lines([e]), Rules);
        Write(session);
        session.Rows(P, 0, Rules).SessionRows().ShouldHaveSingleItem().UserKey.ShouldBeNull();
    }

    [Fact]
    public void Rows_OfUnwrittenChanges_AreRefused()
    {
        Apply(New(0));
        Should.Throw<InvalidOperationException>(() => _state.Rows(P, 0, Rules));
        _state.BeforeWrite(Rules);
        Should.Throw<InvalidOperationException>(() => _state.Rows(P, 0, Rules));
    }

    [Fact]
    public void Rows_AskedByTwoPartitions_GoToEachForWhatItChanged()
    {
        _state.Apply("log/0", 0, 5, TestEvent.Lines([New(0)]), Rules);
        _state.Apply("log/1", 0, 7, TestEvent.Lines([New(100)]), Rules);
        Write(_state);
        _state.Rows("log/0", 0, Rules).SessionRows().ShouldHaveSingleItem().StartTstamp.ShouldBe(TestEvent.Noon);
        _state.Rows("log/1", 0, Rules).SessionRows().ShouldHaveSingleItem().StartTstamp.ShouldBe(TestEvent.Noon.AddMinutes(100));
        _state.Rows("log/1", 7, Rules).SessionRows().ShouldBeEmpty();
        _state.Rows("log/2", 0, Rules).SessionRows().ShouldBeEmpty();
    }

    [Fact]
    public void Bot_WithManyThousandPages_StaysWithinItsBytesAndSaysWhatIsInexact()
    {
        var events = Enumerable.Range(0, 20_000).Select(i => New(i / 1000.0) with
        {
            Name = $"event_{i % 90}",
            WebPageId = $"view-{i}",
            Url = "https://shop.example/" + new string('x', 3000),
        });
        Apply([.. events]);
        var row = Written().ShouldHaveSingleItem();
        row.TotalEvents.ShouldBe(20_000);
        row.InexactColumns.ShouldBe(["views", "event_counts"]);
        ((double)row.Views).ShouldBe(20_000, tolerance: 4000);
        for (var i = 0; i < 2; i++)
        {
            Apply(New(21));
            Written(finished: _position - 1).ShouldHaveSingleItem();
        }

        StateJsonTests.Json(_state).Length.ShouldBeLessThan(150_000);
    }

    private void SessionsBeyondLateness_AreGivenUp()
    {
        Apply(New(0));
        Apply(New(4 * 24 * 60));
        Written(finished: 0);
        Apply(New(4 * 24 * 60 + 1));
        Written(finished: _position - 1);
        Apply(New(4 * 24 * 60 + 2));
        Written(finished: _position - 1).ShouldHaveSingleItem();
    }

    private TestEvent New(double minutes) => Cookie.After(minutes) with { Id = Id(++_ids) };

    private static string Id(int number) => $"00000000-0000-4000-8000-{number:D12}";

    private void Apply(params TestEvent[] events) =>
        _state.Apply(P, _position, ++_position, TestEvent.Lines(events), Rules).ShouldBe(ApplyOutcome.Applied);

    private SessionRow[] Written(long finished = 0)
    {
        Write(_state);
        return _state.Rows(P, finished, Rules).SessionRows();
    }

    private static void Write(SessionState state)
    {
        if (!state.HasChanges) return;
        state.BeforeWrite(Rules);
        state.AfterWrite();
    }
}
