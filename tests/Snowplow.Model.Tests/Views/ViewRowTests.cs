using System.Buffers;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Views;

namespace Snowplow.Model.Tests.Views;

public sealed class ViewRowTests
{
    private const string P = "log/0";

    private readonly SessionState _client = new() { Key = "s:visit" };
    private readonly SessionState _cut = new() { Key = "n:nuid" };
    private readonly Dictionary<SessionState, long> _positions = [];
    private int _ids;

    [Fact]
    public void View_OfAPageWithPings_HasEngagedTimeEndAndScroll()
    {
        Apply(
            _client,
            Page(0, "a", (EventField.DocWidth, "1000"), (EventField.DocHeight, "4000"), (EventField.BrViewwidth, "1000"), (EventField.BrViewheight, "600")),
            Ping(10, "a", (EventField.PpYoffsetMax, "900"), (EventField.DocHeight, "4000")),
            Ping(20, "a", (EventField.PpYoffsetMax, "9999"), (EventField.DocHeight, "2000")),
            Ping(21, "a", (EventField.PpYoffsetMax, "-5")));
        var view = Rows(_client).ShouldHaveSingleItem();
        Numbers(view, "view_in_session_index", "views_in_session", "engaged_time_in_s", "absolute_time_in_s").ShouldBe([1, 1, 10 * (2 - 1) + 5, 21]);
        Numbers(view, "horizontal_pixels_scrolled", "vertical_pixels_scrolled").ShouldBe([0, 2000]);
        Numbers(view, "horizontal_percentage_scrolled", "vertical_percentage_scrolled").ShouldBe([100, 65]);
        Text(view, "end_tstamp").ShouldBe("2026-03-01T12:00:21.000Z");
    }

    [Fact]
    public void View_WithoutOwnEvent_HasNoRowUntilItComes()
    {
        Apply(_client, Ping(10, "a"));
        Rows(_client).ShouldBeEmpty();
        Apply(_client, Page(0, "a"));
        Numbers(Rows(_client).ShouldHaveSingleItem(), "engaged_time_in_s", "absolute_time_in_s").ShouldBe([5, 10]);
    }

    [Fact]
    public void View_OfAPageViewWithoutWebPage_GoesByItsEventId()
    {
        Apply(_client, Page(0, null));
        var view = Rows(_client).ShouldHaveSingleItem();
        Text(view, "view_id").ShouldBe(Text(view, "event_id"));
    }

    [Fact]
    public void Views_WhenAnEarlierOneComesLate_AllGetTheirNewPlaces()
    {
        Apply(_client, Page(60, "b"), Page(120, "c"));
        Rows(_client).Select(row => row["view_in_session_index"]!.GetValue<int>()).ShouldBe([1, 2]);
        Apply(_client, Page(0, "a"));
        var rows = Rows(_client);
        rows.Select(row => (Text(row, "view_id"), row["view_in_session_index"]!.GetValue<int>(), row["views_in_session"]!.GetValue<int>()))
            .ShouldBe([("a", 1, 3), ("b", 2, 3), ("c", 3, 3)]);
    }

    [Fact]
    public void Views_WhenOneIsPinged_OnlyThatRowIsWrittenAgain()
    {
        Apply(_client, Page(0, "a"), Page(60, "b"));
        Rows(_client).Length.ShouldBe(2);
        Apply(_client, Ping(70, "b"));
        Rows(_client, finished: 1).Select(row => Text(row, "view_id")).ShouldBe(["b"]);
    }

    [Fact]
    public void Views_OfAServerCutSessionThatIsRenamed_FollowIt()
    {
        Apply(_cut, Page(60, "a"));
        Text(Rows(_cut).Single(), "session_identifier").ShouldBe("n:nuid~20260301T120100000Z");
        Apply(_cut, Page(0, "b"));
        var rows = Rows(_cut, finished: 1);
        rows.Select(row => Text(row, "session_identifier")).Distinct().ShouldBe(["n:nuid~20260301T120000000Z"]);
        rows.Select(row => Text(row, "view_id")).ShouldBe(["b", "a"]);
    }

    [Fact]
    public void Views_OfTwoServerCutSessionsThatMerge_AreThoseOfTheOne()
    {
        Apply(_cut, Page(0, "a"), Ping(50 * 60, "a"), Page(51 * 60, "b"));
        var before = Rows(_cut);
        before.Select(row => (Text(row, "view_id"), row["views_in_session"]!.GetValue<int>())).ShouldBe([("a", 1), ("b", 1)]);
        Numbers(before[0], "engaged_time_in_s").ShouldBe([0], "The ping is in another session.");
        Apply(_cut, Ping(25 * 60, "c"));
        var after = Rows(_cut, finished: 1);
        after.Select(row => (Text(row, "view_id"), row["view_in_session_index"]!.GetValue<int>(), row["views_in_session"]!.GetValue<int>())).ShouldBe([("a", 1, 2), ("b", 2, 2)]);
        Numbers(after[0], "engaged_time_in_s", "absolute_time_in_s").ShouldBe([5, 3000]);
    }

    [Fact]
    public void View_SeenInTwoServerCutSessions_HasTheRowOfTheFirst()
    {
        Apply(_cut, Page(0, "a"), Page(7200, "a"));
        var row = Rows(_cut).ShouldHaveSingleItem();
        Text(row, "start_tstamp").ShouldBe("2026-03-01T12:00:00.000Z");
    }

    [Fact]
    public void View_OfAScreenWithASummary_TakesItsTimesAndScroll()
    {
        const string Summary = """{"schema":"iglu:com.snowplowanalytics.mobile/screen_summary/jsonschema/1-0-0","data":{"foreground_sec":FG,"background_sec":3.2,"last_item_index":4,"items_count":10,"max_y_offset":500,"content_height":2000}}""";
        Apply(
            _client,
            Line("screen_view", 0, Contexts("""{"schema":"iglu:com.snowplowanalytics.mobile/screen/jsonschema/1-0-0","data":{"name":"home","id":"s1"}}""")),
            Line("application_background", 30, Contexts(Screen("s1"), Summary.Replace("FG", "12.9", StringComparison.Ordinal))),
            Line("screen_end", 40, Contexts(Screen("s1"), Summary.Replace("FG", "25.5", StringComparison.Ordinal))));
        var row = Rows(_client).ShouldHaveSingleItem();
        Text(row, "screen_view__name").ShouldBe("home");
        Numbers(row, "engaged_time_in_s", "absolute_time_in_s", "last_list_item_index", "list_items_count").ShouldBe([25, 28, 4, 10]);
        Numbers(row, "vertical_pixels_scrolled", "vertical_percentage_scrolled", "list_items_percentage_scrolled").ShouldBe([500, 25, 50]);
        row.ContainsKey("horizontal_percentage_scrolled").ShouldBeFalse();
        _client.CurrentRow("visit", ModelRules.Default)!.EngagedTimeInS.ShouldBe(25);
    }

    [Fact]
    public void Views_BeyondTheBound_AreNumberedOnAndSaySo()
    {
        for (var i = 0; i < 400; i++)
        {
            Apply(_client, Page(i, $"view-{i}"));
            var rows = Rows(_client, finished: _positions[_client] - 1);
            var last = rows[^1];
            Numbers(last, "view_in_session_index", "views_in_session").ShouldBe([i + 1, i + 1]);
            rows.Length.ShouldBeLessThan(ViewList.Capacity + 10);
            last["inexact_columns"]!.AsArray().Count.ShouldBe(i < ViewList.Capacity ? 0 : 1);
        }

        StateJsonTests.Json(_client).Length.ShouldBeLessThan(150_000);
    }

    [Fact]
    public void View_SeenInTwoServerCutSessions_LeavesTheRowToTheFirst_AlsoOnceThatIsGivenUp()
    {
        const int Day = 24 * 3600;
        Apply(_cut, Page(0, "a"), Page(Day / 2, "a"));
        Rows(_cut).ShouldHaveSingleItem();
        // The first is beyond lateness then, the second is not; and what comes last changes the second.
        Apply(_cut, Page((3 * Day) + 3600, "b"));
        Rows(_cut, 1);
        Apply(_cut, Page((3 * Day) + 3700, "b"));
        Rows(_cut, 2);
        Apply(_cut, Page((Day / 2) + 60, "c"));
        Rows(_cut, 3).Select(row => Text(row, "view_id")).ShouldBe(["c"]);
    }

    [Fact]
    public void Views_OfManyServerCutSessions_AreKeptOpenWithinTheSameBound()
    {
        for (var i = 0; i < 600; i++)
        {
            Apply(_cut, Page(i * 600 + i / 10 * 1800, $"view-{i}"));
            Rows(_cut, finished: _positions[_cut] - 1)[^1]["inexact_columns"]!.AsArray().ShouldBeEmpty();
        }

        StateJsonTests.Json(_cut).Length.ShouldBeLessThan(250_000);
    }

    [Fact]
    public void Row_OfAnEventThatHasEverything_HasTheColumnsInTheirOrder()
    {
        var fields = Enum.GetValues<EventField>().Where(field => EventFields.Name(field) is var name
            && (name.StartsWith("mkt_", StringComparison.Ordinal) || name.StartsWith("refr_", StringComparison.Ordinal) || name.StartsWith("page_", StringComparison.Ordinal)
                || name is "app_id" or "platform" or "dvce_type" or "domain_userid" or "network_userid" or "user_id" or "useragent" or "user_ipaddress" or "os_timezone" or "br_lang" or "br_renderengine"
                || (name.StartsWith("geo_", StringComparison.Ordinal) && name is not ("geo_latitude" or "geo_longitude"))));
        (EventField, string)[] texts = [.. fields.Select(field => (field, "x"))];
        Apply(_client, Line(
            "screen_view", 0,
            [
                .. texts, (EventField.GeoLatitude, "1.5"), (EventField.GeoLongitude, "-2.25"), (EventField.DvceScreenwidth, "10"), (EventField.DvceScreenheight, "20"),
                (EventField.DvceCreatedTstamp, "2026-03-01 12:00:00.000"), (EventField.DomainSessionidx, "3"), (EventField.DocWidth, "5"), (EventField.DocHeight, "5"),
                (EventField.BrViewwidth, "1"), (EventField.BrViewheight, "1"),
                (EventField.UnstructEvent, """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplowanalytics.mobile/screen_view/jsonschema/1-0-0","data":{"name":"n","type":"t","id":"i","previousId":"p","previousName":"q"}}}"""),
                Contexts(
                    """{"schema":"iglu:com.snowplowanalytics.snowplow/mobile_context/jsonschema/1-0-3","data":{"osType":"ios","osVersion":"17","deviceManufacturer":"Apple","deviceModel":"m","carrier":"c","networkType":"wifi"}}""",
                    """{"schema":"iglu:com.snowplowanalytics.mobile/application/jsonschema/1-0-0","data":{"version":"1","build":"2"}}""",
                    """{"schema":"iglu:com.snowplowanalytics.mobile/screen_summary/jsonschema/1-0-0","data":{"foreground_sec":1,"last_item_index":4,"items_count":10,"max_y_offset":500,"content_height":2000,"max_x_offset":5,"content_width":20}}"""),
                (EventField.DerivedContexts, """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/ua_parser_context/jsonschema/1-0-0","data":{"deviceFamily":"d","useragentFamily":"u","useragentVersion":"v"}}]}"""),
            ]));
        var columns = Rows(_client).ShouldHaveSingleItem().Select(member => member.Key);
        string.Join('\n', columns).ShouldBe(string.Join('\n', ViewColumns.All.Select(column => column.Name)));
    }

    private EnrichedEvent Page(double seconds, string? view, params (EventField, string)[] fields) => Line("page_view", seconds, [.. fields, .. WebPage(view)]);

    private EnrichedEvent Ping(double seconds, string view, params (EventField, string)[] fields) => Line("page_ping", seconds, [.. fields, .. WebPage(view)]);

    private static (EventField, string)[] WebPage(string? view) =>
        view is null ? [] : [Contexts($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"{{{view}}}"}}""")];

    private static string Screen(string id) => $$$"""{"schema":"iglu:com.snowplowanalytics.mobile/screen/jsonschema/1-0-0","data":{"name":"home","id":"{{{id}}}"}}""";

    private static (EventField, string) Contexts(params string[] entities) =>
        (EventField.Contexts, $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{string.Join(',', entities)}}]}""");

    private EnrichedEvent Line(string name, double seconds, params (EventField Field, string Text)[] fields)
    {
        var builder = new EnrichedEventBuilder();
        builder.Clear();
        var time = TestEvent.Noon.AddSeconds(seconds);
        builder.SetText(EventField.EventId, $"00000000-0000-4000-8000-{++_ids:D12}");
        builder.SetText(EventField.EventName, name);
        builder.SetTimestamp(EventField.DerivedTstamp, time);
        builder.SetTimestamp(EventField.CollectorTstamp, time);
        builder.SetText(EventField.NetworkUserid, "nuid");
        foreach (var (field, text) in fields) builder.SetText(field, text);
        var line = new ArrayBufferWriter<byte>();
        builder.WriteLine(line);
        return EnrichedBatch.Parse(line.WrittenMemory)[0];
    }

    private void Apply(SessionState state, params EnrichedEvent[] events)
    {
        var position = _positions.GetValueOrDefault(state);
        state.Apply(P, position, position + 1, events, ModelRules.Default).ShouldBe(ApplyOutcome.Applied);
        _positions[state] = position + 1;
    }

    private static JsonObject[] Rows(SessionState state, long finished = 0)
    {
        state.BeforeWrite(ModelRules.Default);
        state.AfterWrite();
        return state.Rows(P, finished, ModelRules.Default).ViewRows();
    }

    private static double[] Numbers(JsonObject row, params string[] columns) => [.. columns.Select(column => row[column]!.GetValue<double>())];

    private static string Text(JsonObject row, string column) => row[column]!.GetValue<string>();
}
