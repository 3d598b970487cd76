using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using static Snowplow.Model.Tests.Sessions.Cuts.CutState;

namespace Snowplow.Model.Tests.Sessions.Cuts;

public sealed class MovingCutsTests
{
    private const string ByCampaign = """{"new_campaign":true}""";
    private const string ByLength = """{"max_length":3600}""";

    [Theory]
    [InlineData("another campaign", "0×2 10×2", "0 a,5 a,10 b,15")]
    [InlineData("the campaign once more", "0×3", "0 a,5,10 a")]
    [InlineData("the first campaign of a visit", "0×1 5×2", "0,5 a,6")]
    [InlineData("back to the campaign before the last", "0×1 5×1 10×1", "0 a,5 b,10 a")]
    [InlineData("a click brings one as a view does", "0×1 5×2", "0 a,5 b click,6 b")]
    [InlineData("a ping brings none", "0×4", "0 a,5 b ping,10 a,11 b ping")]
    [InlineData("a ping tells the campaign of a visit that has none yet", "0×3", "0 ping,1 a ping,2 a")]
    [InlineData("the first ping with a campaign tells it", "0×3 3×1", "0,1 a ping,2 a,3 b")]
    [InlineData("all of one time stay together", "0×1 5×3", "0 a,5,5 b,5 a ping")]
    [InlineData("the campaign of several at one time is the first one's", "0×2 5×1", "0 a,0 b,5 b")]
    public void NewCampaign_BeginsASession(string label, string expected, string events)
    {
        var all = events.Split(',').Select((text, index) => Parse(text, index)).ToArray();
        foreach (var order in Orders(all)) new CutState(ByCampaign).ApplyOneByOne(order).Sessions.ShouldBe(expected, label);
        foreach (var order in Orders(all)) new CutState(ByCampaign).Apply(order).Checkpoint().Sessions.ShouldBe(expected, label);
    }

    [Theory]
    [InlineData(EventField.MktSource, 2)]
    [InlineData(EventField.MktMedium, 2)]
    [InlineData(EventField.MktCampaign, 2)]
    [InlineData(EventField.MktTerm, 2)]
    [InlineData(EventField.MktContent, 2)]
    [InlineData(EventField.MktClickid, 2)]
    [InlineData(EventField.MktNetwork, 1)]
    [InlineData(EventField.RefrSource, 1)]
    public void NewCampaign_IsAnyDifferenceOfItsColumns(EventField field, int sessions)
    {
        var rows = new CutState(ByCampaign).Apply(At(0).Also((field, "x")), At(1).Also((field, "y"))).Checkpoint();
        rows.Rows("sessions").Count.ShouldBe(sessions);
        // The same text in another column is another campaign.
        var moved = new CutState(ByCampaign).Apply(At(0).Also((field, "x")), At(1, campaign: field == EventField.MktCampaign ? null : "x").Also((EventField.MktTerm, field == EventField.MktCampaign ? "x" : null))).Checkpoint();
        moved.Rows("sessions").Count.ShouldBe(2);
    }

    [Fact]
    public void MaxLength_EndsSessionsOnlyWhereTheyAreLonger()
    {
        new CutState(ByLength).Apply(At(0), At(20), At(40), At(60), At(60.001)).Checkpoint().Sessions.ShouldBe("0×4 60.001×1");
        new CutState(ByLength).Apply(At(0), At(29), At(58), At(87), At(116), At(145)).Checkpoint().Sessions.ShouldBe("0×3 87×3");
    }

    [Fact]
    public void MaxLength_WithMidnight_IsCountedAnewFromMidnight()
    {
        var state = new CutState("""{"max_length":3600,"midnight":"UTC"}""");
        state.ApplyOneByOne([At(690), At(710), At(730), At(750), At(770), At(790)]).Sessions.ShouldBe("690×2 730×4"); // 720: midnight
        state.ApplyOneByOne([At(720)]).Sessions.ShouldBe("690×2 720×4 790×1");
    }

    [Fact]
    public void LateEvent_BeforeALongRun_MovesAllCutsAndIdsMergedAwaySayWhereTheirFirstEventIs()
    {
        var state = new CutState(ByLength);
        state.ApplyOneByOne(Enumerable.Range(0, 12).Select(i => At(i * 20)));
        state.Sessions.ShouldBe("0×4 80×4 160×4");
        state.ApplyOneByOne([At(-10)]);
        state.Sessions.ShouldBe("-10×4 60×4 140×4 220×1");
        state.Merged.ShouldBe("0→-10 160→140 80→60");
        // All as it was, one session further.
        state.ApplyOneByOne([At(-30)]);
        state.Sessions.ShouldBe("-30×4 40×4 120×4 200×2");
        state.ApplyOneByOne([At(-50), At(-70)]);
        state.Sessions.ShouldBe("-70×4 0×4 80×4 160×4");
        state.Merged.Split(' ').ShouldContain("60→0");
        state.Merged.Split(' ').ShouldNotContain(text => text.StartsWith("80→", StringComparison.Ordinal));
    }

    [Fact]
    public void LateEvent_InTheMiddle_SplitsASessionWhoseEventsAreWritten()
    {
        var state = new CutState(ByCampaign).ApplyOneByOne([At(0, "a"), At(10), At(20, name: "link_click"), At(30)]);
        state.Sessions.ShouldBe("0×4");
        state.ApplyOneByOne([At(15, "b")]);
        state.Sessions.ShouldBe("0×2 15×3");
        state.Merged.ShouldBeEmpty();
        var rows = state.Tables["sessions"].Rows;
        rows["n:nuid~20260301T120000000Z"].GetProperty("cv_click_volume").GetInt32().ShouldBe(0);
        var later = rows["n:nuid~20260301T121500000Z"];
        later.GetProperty("cv_click_volume").GetInt32().ShouldBe(1);
        later.GetProperty("session__previous_session_id").GetString().ShouldBe("n:nuid~20260301T120000000Z");
        // The views that went with it have rows that say so.
        state.Tables["views"].Rows.Values.Select(row => row.GetProperty("session_identifier").GetString()).Order(StringComparer.Ordinal)
            .ShouldBe(["n:nuid~20260301T120000000Z", "n:nuid~20260301T120000000Z", "n:nuid~20260301T121500000Z", "n:nuid~20260301T121500000Z"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sessions_SplitMergedAndSplitAgain_KeepTheirRows(bool withWrites)
    {
        var state = new CutState(ByCampaign);
        void Late(TestEvent e)
        {
            state.Apply(e);
            if (withWrites) state.Checkpoint();
        }

        state.ApplyOneByOne([At(0, "a"), At(10, "b"), At(15)]);
        Late(At(7, "b"));
        if (withWrites) (state.Sessions, state.Merged).ShouldBe(("0×1 7×3", "10→7"));
        Late(At(9, "c"));
        if (withWrites) (state.Sessions, state.Merged).ShouldBe(("0×1 7×1 9×1 10×2", ""));
        Late(At(9.5, "b"));
        if (withWrites) (state.Sessions, state.Merged).ShouldBe(("0×1 7×1 9×1 9.5×3", "10→9.5"));
        Late(At(9.8, "d"));
        state.Checkpoint();
        (state.Sessions, state.Merged).ShouldBe(("0×1 7×1 9×1 9.5×1 9.8×1 10×2", ""));
    }

    [Fact]
    public void Session_ThatGoesComesAndGoesBetweenTwoWrites_LeavesARowThatSaysSo()
    {
        var state = new CutState(ByCampaign).ApplyOneByOne([At(0, "a"), At(10, "b"), At(15)]);
        state.Apply(At(7, "b")).Apply(At(9, "c")).Apply(At(9.5, "b")).Checkpoint();
        (state.Sessions, state.Merged).ShouldBe(("0×1 7×1 9×1 9.5×3", "10→9.5"));
    }

    [Fact]
    public void LateEvent_BetweenSessionsThatItBridges_MergesThemAndCutsTheWhole()
    {
        var state = new CutState("""{"new_campaign":true,"max_length":3600}""").ApplyOneByOne([At(0, "a"), At(20), At(60), At(80, "b"), At(85)]);
        state.Sessions.ShouldBe("0×2 60×1 80×2");
        state.ApplyOneByOne([At(40)]);
        (state.Sessions, state.Merged).ShouldBe(("0×4 80×2", "60→0"));
    }

    [Fact]
    public void Copies_AcrossAMovedCut_CountOnceWithTheEarliest()
    {
        var state = new CutState(ByCampaign).ApplyOneByOne([At(0, "a"), At(20, name: "link_click", id: Id(1)), At(25)]);
        // A later copy, then an earlier one, which takes the count.
        state.ApplyOneByOne([At(22, name: "link_click", id: Id(1)), At(5, name: "link_click", id: Id(1))]);
        state.Sessions.ShouldBe("0×3");
        state.ApplyOneByOne([At(15, "b")]);
        state.Sessions.ShouldBe("0×2 15×2");
        Clicks().ShouldBe([1, 0]);
        // Copy and cut in one batch: the copy counted waits to be placed when the earlier one comes.
        state.Apply(At(12, "c", "link_click", Id(2)), At(2, "c", "link_click", Id(2))).Checkpoint();
        state.Sessions.ShouldBe("0×1 2×2 15×2"); // The click at 5 and the copy are in the session that begins at 2.
        Clicks().ShouldBe([0, 2, 0]);

        int[] Clicks() => [.. state.Tables["sessions"].Rows.Where(row => !row.Value.TryGetProperty("merged_into", out _))
            .OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Value.GetProperty("cv_click_volume").GetInt32())];
    }

    [Fact]
    public void Users_HearOfSessionsThatComeAndGo()
    {
        var state = new SessionState { Key = "n:nuid" };
        var rules = new CutState(ByCampaign).Rules;
        var sessions = new Snowplow.Model.Users.UserSessions();
        string Told(params TestEvent[] events)
        {
            var at = state.Revision;
            state.Apply("log/0", at, at + 1, TestEvent.Lines(events), rules);
            state.BeforeWrite(rules);
            state.AfterWrite();
            foreach (var summary in state.Rows("log/0", at, rules).Sessions) sessions.Take(summary, "n:nuid");
            return string.Join(' ', sessions.Listed.Select(session => (session.StartTstamp - TestEvent.Noon).TotalMinutes));
        }

        Told(At(0, "a"), At(10, "b")).ShouldBe("0 10");
        Told(At(7, "b")).ShouldBe("0 7");
        Told(At(9, "c")).ShouldBe("0 7 9 10");
    }

    [Fact]
    public void Rows_OfSessionsCutAnew_ComeWithTheCheckpointOfEachPartitionThatChangedThem()
    {
        var state = new CutState(ByCampaign).Apply("log/0", At(0, "a"), At(20)).Apply("log/1", At(15, "b"));
        // The range of log/0 is finished only after what log/1 brought has split its session.
        state.Checkpoint("log/0").Sessions.ShouldBe("0×1 15×2");

        var other = new CutState(ByCampaign).Apply("log/0", At(0, "a"), At(20)).Checkpoint("log/0").Apply("log/1", At(15, "b"));
        other.Checkpoint("log/1").Sessions.ShouldBe("0×1 15×2");
    }

    [Fact]
    public void Views_ThatWereClosed_GetRowsOfTheSessionTheyAreInAfterASplit()
    {
        var state = new CutState(ByCampaign).Apply([.. Enumerable.Range(0, 300).Select(i => At(i / 10.0, i == 0 ? "a" : null) with { WebPageId = $"v{i:D3}" })]);
        // Until the first are closed.
        state.Checkpoint().ApplyOneByOne([At(30), At(30.1), At(30.2)]);
        var before = state.Json.Length;
        state.ApplyOneByOne([At(10.05, "b")]);
        state.Tables["views"].Rows.Values.Where(row => row.GetProperty("view_id").GetString()!.StartsWith('v')).OrderBy(row => row.GetProperty("view_id").GetString(), StringComparer.Ordinal)
            .Select(row => (row.GetProperty("session_identifier").GetString()!["n:nuid~20260301T".Length..], row.GetProperty("view_in_session_index").GetInt32()))
            .ShouldBe(Enumerable.Range(0, 300).Select(i => i <= 100 ? ("120000000Z", i + 1) : ("121003000Z", i - 99)));
        // And are closed again.
        state.ApplyOneByOne([At(30.3), At(30.4), At(30.5)]);
        state.Json.Length.ShouldBeLessThan(before + 10_000);
    }

    [Fact]
    public void View_WhoseRowIsThatOfASessionGivenUp_StaysSoInASplitSession()
    {
        const double day = 24 * 60;
        var state = new CutState(ByCampaign).ApplyOneByOne([At(0, "a") with { WebPageId = "v" }]);
        state.ApplyOneByOne([At(2 * day) with { WebPageId = "v" }, At(2 * day + 10) with { WebPageId = "v" }, At(4 * day), At(4 * day + 1)]);
        JsonSerializer.Deserialize(state.Json, ModelJson.SessionState)!.Sessions.HorizonMs.ShouldNotBeNull();
        state.ApplyOneByOne([At(2 * day + 5, "b") with { WebPageId = "w" }]);
        state.Sessions.ShouldBe("0×1 2880×1 2885×2 5760×2");
        SessionOfV().ShouldBe("n:nuid~20260301T120000000Z");
        // Also when the view begins earlier there.
        state.ApplyOneByOne([At(2 * day - 2, "c") with { WebPageId = "v" }]);
        state.Sessions.ShouldBe("0×1 2878×2 2885×2 5760×2");
        SessionOfV().ShouldBe("n:nuid~20260301T120000000Z");

        string? SessionOfV() => state.Tables["views"].Rows.Values.Single(row => row.GetProperty("view_id").GetString() == "v").GetProperty("session_identifier").GetString();
    }

    [Fact]
    public void View_ThatWasClosed_HasItsRowAgainThoughALaterSessionHasTheSameView()
    {
        var state = new CutState("""{"max_length":1860}""");
        state.Apply([.. Enumerable.Range(0, 300).Select(i => At(i / 10.0) with { WebPageId = $"v{i:D3}" }), At(31.5) with { WebPageId = "v000" }]).Checkpoint();
        state.ApplyOneByOne([At(31.6), At(31.7), At(31.8)]).Sessions.ShouldBe("0×300 31.5×4");
        var read = JsonSerializer.Deserialize(state.Json, ModelJson.SessionState)!;
        read.Sessions.Live[^1].ViewList.Kept.ShouldContain(view => view.Id == "v000" && view.IsTaken);
        state.ApplyOneByOne([At(-20)]).Sessions.ShouldBe("-20×112 11.1×193");
        var row = state.Tables["views"].Rows.Values.Single(view => view.GetProperty("view_id").GetString() == "v000");
        (row.GetProperty("session_identifier").GetString(), row.GetProperty("view_in_session_index").GetInt32()).ShouldBe(("n:nuid~20260301T114000000Z", 2));
    }

    [Fact]
    public void Session_BehindOneThatWasGivenUp_KeepsIdAndPreviousSessionWhenItIsCutAnew()
    {
        const double days = 5 * 24 * 60;
        var state = new CutState(ByCampaign).Apply("log/0", At(-200), At(100, "x")).Apply("log/1", At(0, "a"), At(20)).Checkpoint("log/0");
        state.Apply("log/0", At(days)).Checkpoint("log/0").Apply("log/0", At(days + 1)).Checkpoint("log/0");
        // The range of log/1 is not finished, so what it changed is still there, between two that are gone.
        var read = JsonSerializer.Deserialize(state.Json, ModelJson.SessionState)!;
        (read.Sessions.Live[0].StartMs, read.Sessions.Live.Count).ShouldBe((TestEvent.Noon.ToUnixTimeMilliseconds(), 2));
        read.Sessions.HorizonMs.ShouldBe(TestEvent.Noon.AddMinutes(100).ToUnixTimeMilliseconds());
        state.Apply("log/0", At(10, "b")).Checkpoint();
        var before = "n:nuid~20260301T084000000Z";
        Living().Select(row => (row.Id[..^9], row.Previous)).Skip(1).First().ShouldBe(("n:nuid~20260301T121000000Z", "n:nuid~20260301T120000000Z"));
        Living()[0].ShouldBe(("n:nuid~20260301T120000000Z", before));
        // One that begins earlier still follows the same.
        state.Apply("log/0", At(-5, "a")).Checkpoint();
        (Living()[0].Id[..^9], Living()[0].Previous).ShouldBe(("n:nuid~20260301T115500000Z", before));

        (string Id, string? Previous)[] Living() => [.. state.Rows("sessions").Keys.Where(id => id.StartsWith("n:nuid~20260301T11", StringComparison.Ordinal) || id.StartsWith("n:nuid~20260301T12", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(id => (id, state.Tables["sessions"].Rows[id].TryGetProperty("session__previous_session_id", out var previous) ? previous.GetString() : null))];
    }

    [Fact]
    public void Lines_BeyondTheirBound_AreGivenUpAndSessionsWhoseCutsThenMightMoveSaySo()
    {
        var state = new CutState("""{"new_campaign":true,"max_length":7200}""");
        state.Apply([.. Enumerable.Range(0, 400).Select(i => At(i / 100.0, i == 0 ? "a" : null, "link_click"))]).Checkpoint();
        state.Apply([.. Enumerable.Range(0, 700).Select(i => At(10 + i / 100.0, i == 0 ? "b" : null, "link_click"))]).Checkpoint();
        state.Sessions.ShouldBe("0×400 10×700");
        state.Json.Length.ShouldBeLessThan(150_000);
        // What moves nothing is exact without lines, and so is what comes after the end.
        state.ApplyOneByOne([At(3.005), At(3.006, "a"), At(3.007, "b", "page_ping"), At(5)]).Sessions.ShouldBe("0×404 10×700");
        // The last session has its lines still: it is split.
        state.ApplyOneByOne([At(12.005, "c")]).Sessions.ShouldBe("0×404 10×201 12.005×500");
        // The first has none any more.
        state.ApplyOneByOne([At(3.015, "c")]).Sessions.ShouldBe("0×405* 10×201 12.005×500");
    }

    [Fact]
    public void Sessions_WithoutLines_AreCutAtTheirEndsAlone()
    {
        var state = new CutState(ByLength);
        state.Apply([.. Enumerable.Range(0, 1001).Select(i => At(i / 100.0))]).Checkpoint();
        JsonSerializer.Deserialize(state.Json, ModelJson.SessionState)!.Sessions.Live.ShouldHaveSingleItem().Cut!.Lines.ShouldBeNull();
        state.ApplyOneByOne([At(39), At(59), At(79), At(81)]).Sessions.ShouldBe("0×1003 79×2");
        // Between them: the first takes it, as far as its length goes, and the second begins elsewhere.
        state.ApplyOneByOne([At(61), At(60)]).Sessions.ShouldBe("0×1004 61×3");
        // Before them: it should be one with the first, which cannot be folded anew.
        state.ApplyOneByOne([At(-5)]).Sessions.ShouldBe("-5×1* 0×1004* 61×3");
        state.ApplyOneByOne([At(-4)]).Sessions.ShouldBe("-5×2* 0×1004* 61×3");
    }

    [Fact]
    public void Session_WithoutLines_ThatTakesAnother_ComesWithTheCheckpointOfThatOnesPartition()
    {
        var state = new CutState(ByLength).Apply("log/0", [.. Enumerable.Range(0, 1001).Select(i => At(i / 100.0))]).Checkpoint().Checkpoint();
        state.Apply("log/1", At(45)).Apply("log/0", At(30)).Checkpoint("log/1").Sessions.ShouldBe("0×1003");
    }

    [Fact]
    public void States_WithoutSuchRulesOrOfClients_KeepNothingForThem()
    {
        var off = new CutState("""{"midnight":"UTC"}""").ApplyOneByOne([At(0, "a"), At(100, "b"), At(50)]);
        off.Json.ShouldNotContain("\"cu\"");
        var client = new SessionState { Key = "s:visit" };
        client.Apply("log/0", 0, 1, TestEvent.Lines([At(0, "a") with { DomainSessionid = "visit" }, At(10, "b") with { DomainSessionid = "visit" }]), new CutState(ByCampaign).Rules);
        StateJsonTests.Json(client).ShouldNotContain("\"cu\"");
        JsonDocument.Parse(StateJsonTests.Json(client)).RootElement.GetProperty("s").GetProperty("l").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Forgetting_InTheBatchOfALateEvent_LeavesNothingOfIt()
    {
        var state = new CutState(ByCampaign).ApplyOneByOne([At(0, "a"), At(20)]);
        state.Apply(At(10, "secret"), TestEvent.Forget(TestEvent.Noon.AddMinutes(25), ["n:nuid"]) with { Id = Id(9) }, At(30, "d")).Checkpoint();
        state.Json.ShouldContain("\"cu\"");
        var read = JsonSerializer.Deserialize(state.Json, ModelJson.SessionState)!;
        read.Sessions.Live.ShouldHaveSingleItem().Cut!.Lines!.Count.ShouldBe(1);
    }

    [Fact]
    public void SessionRules_AsText_AreAsBeforeWithoutTheNewOnes()
    {
        SessionRules.Default.ToString().ShouldBe("inactivity_gap 1800 s, midnight none, heartbeat 10 s, min_visit_length 5 s");
        ModelRules.Parse("""{"version":1,"sessions":{"new_campaign":true,"max_length":90}}"""u8.ToArray()).Sessions.ToString()
            .ShouldEndWith("min_visit_length 5 s, new_campaign, max_length 90 s");
    }

    private static string Id(int number) => $"00000000-0000-4000-8000-{number:D12}";

    // "minute [campaign] [ping | click]"
    private static TestEvent Parse(string text, int index)
    {
        var words = text.Split(' ');
        var kind = words[^1] switch { "ping" => "page_ping", "click" => "link_click", _ => "page_view" };
        var campaign = words.Skip(1).FirstOrDefault(word => word is not ("ping" or "click"));
        return At(double.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture), campaign, kind, Id(index + 1));
    }

    private static IEnumerable<TestEvent[]> Orders(TestEvent[] events)
    {
        yield return events;
        yield return [.. events.Reverse()];
        for (var seed = 0; seed < 6; seed++)
        {
            TestEvent[] shuffled = [.. events];
            new Random(seed).Shuffle(shuffled);
            yield return shuffled;
        }
    }
}
