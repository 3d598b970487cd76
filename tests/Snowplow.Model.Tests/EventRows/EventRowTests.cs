using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Model.EventRows;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.EventRows;

public sealed class EventRowTests
{
    private static readonly ModelRules Rules = ModelRules.Parse("""
        {"version":7,"conversions":[
          {"name":"purchase","when":{"field":"event_name","equals":"order_placed"},"value":"unstruct_event_com_acme_order_placed_1.total"},
          {"name":"any_order","when":{"field":"event_name","starts_with":"order"},"default_value":2.5}]}
        """u8.ToArray());

    private readonly EventRowWriter _rows = new(Rules);

    [Fact]
    public void AppError_HasItsMembersAndWhereItHappened()
    {
        var row = Only(RowsOf("application_error", """{"programmingLanguage":"JAVASCRIPT","message":"a \"b\"\n","isFatal":true,"lineNumber":12,"stackTrace":"at x\tat y"}""").AppErrors, AppErrorColumns.All);
        (Text(row, "message"), Text(row, "programming_language"), Text(row, "stack_trace")).ShouldBe(("a \"b\"\n", "JAVASCRIPT", "at x\tat y"));
        (row["is_fatal"]!.GetValue<bool>(), row["line_number"]!.GetValue<int>()).ShouldBe((true, 12));
        (Text(row, "page_url"), Text(row, "view_id"), Text(row, "session_identifier"), Text(row, "session_key")).ShouldBe(("https://shop.example/", "view-1", "visit", "s:visit"));
        (Text(row, "user_key"), Text(row, "user_identifier"), row["model_version"]!.GetValue<int>()).ShouldBe(("d:duid", "duid", 7));
    }

    [Fact]
    public void AppError_OfAnEventWithoutClientSession_HasItsSessionsKeyAlone()
    {
        _rows.Add(Line("application_error", "{}", (EventField.DomainSessionid, "")), new EventKeys("n:nuid", "n:nuid"));
        var row = RowText.Objects(_rows.TakeAppErrors()).Single();
        row.ContainsKey("session_identifier").ShouldBeFalse();
        Text(row, "session_key").ShouldBe("n:nuid");
        row["is_fatal"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void Consent_HasItsArraysAsTheyCame()
    {
        var row = Only(
            RowsOf("consent_preferences", """{"eventType":"allow_selected","basisForProcessing":"consent","consentUrl":"https://x.example","consentVersion":"2","consentScopes":["a", "b\"c"],"domainsApplied":[],"gdprApplies":false}""").Consent,
            ConsentColumns.All);
        row["consent_scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ShouldBe(["a", "b\"c"]);
        row["domains_applied"]!.AsArray().ShouldBeEmpty();
        (Text(row, "event_type"), row["gdpr_applies"]!.GetValue<bool>()).ShouldBe(("allow_selected", false));
        row.ContainsKey("cmp_load_time").ShouldBeFalse();

        Only(RowsOf("cmp_visible", """{"elapsedTime":0.25}""").Consent, ConsentColumns.All)["cmp_load_time"]!.GetValue<double>().ShouldBe(0.25);
    }

    [Theory]
    [InlineData(2500.0, 2.5, "good")]
    [InlineData(2500.1, 2.501, "needs improvement")]
    [InlineData(4000.0, 4.0, "needs improvement")]
    [InlineData(4000.5, 4.001, "poor")]
    public void WebVital_IsRoundedUpAndJudged(double lcp, double seconds, string result)
    {
        var row = Only(RowsOf("web_vitals", JsonNode.Parse($$"""{"lcp":{{lcp.ToString(System.Globalization.CultureInfo.InvariantCulture)}},"fid":null}""")!.ToJsonString()).WebVitals, WebVitalColumns.All);
        row["lcp"]!.GetValue<double>().ShouldBe(seconds);
        (Text(row, "lcp_result"), Text(row, "fid_result")).ShouldBe((result, "not measurable"));
    }

    [Fact]
    public void Conversions_OfAnEventThatMeetsTwo_AreTwoRows()
    {
        var rows = RowsOf("order_placed", """{"total":19.9900004}""", "com.acme/order_placed").Conversions;
        rows.Select(row => (Text(row, "cv_type"), row["cv_value"]!.GetValue<double>())).ShouldBe([("purchase", 19.99), ("any_order", 2.5)]);
        rows.Select(row => Text(row, "cv_id")).ShouldBe([$"{Text(rows[0], "event_id")}:purchase", $"{Text(rows[0], "event_id")}:any_order"]);
        rows.ShouldAllBe(row => Text(row, "cv_tstamp") == Text(row, "derived_tstamp"));
        Only([rows[0]], ConversionColumns.All);
    }

    [Fact]
    public void OtherEvents_HaveNoRows()
    {
        var rows = RowsOf("page_view", "{}");
        (rows.AppErrors.Length, rows.Consent.Length, rows.WebVitals.Length, rows.Conversions.Length).ShouldBe((0, 0, 0, 0));
    }

    private (JsonObject[] AppErrors, JsonObject[] Consent, JsonObject[] WebVitals, JsonObject[] Conversions) RowsOf(string name, string data, string? schema = null)
    {
        _rows.Add(Line(name, data, schema: schema), new EventKeys("d:duid", "s:visit"));
        return (RowText.Objects(_rows.TakeAppErrors()), RowText.Objects(_rows.TakeConsentLog()), RowText.Objects(_rows.TakeWebVitals()), RowText.Objects(_rows.TakeConversions()));
    }

    private static EnrichedEvent Line(string name, string data, (EventField, string)? own = null, string? schema = null)
    {
        var builder = new EnrichedEventBuilder();
        builder.Clear();
        builder.SetText(EventField.EventId, "00000000-0000-4000-8000-000000000001");
        builder.SetText(EventField.EventName, name);
        builder.SetTimestamp(EventField.DerivedTstamp, TestEvent.Noon);
        builder.SetTimestamp(EventField.CollectorTstamp, TestEvent.Noon);
        builder.SetText(EventField.DomainUserid, "duid");
        builder.SetText(EventField.DomainSessionid, "visit");
        builder.SetText(EventField.PageUrl, "https://shop.example/");
        builder.SetText(EventField.Contexts, """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"view-1"}}]}""");
        builder.SetText(EventField.UnstructEvent, $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:{{{schema ?? $"com.snowplowanalytics.snowplow/{name}"}}}/jsonschema/1-0-0","data":{{{data}}}}}""");
        if (own is var (field, text)) builder.SetText(field, text);
        var line = new ArrayBufferWriter<byte>();
        builder.WriteLine(line);
        return EnrichedBatch.Parse(line.WrittenMemory)[0];
    }

    // The only row; its members are columns of the table, in their order.
    private static JsonObject Only(JsonObject[] rows, ImmutableArray<ModelColumn> columns)
    {
        var names = columns.Select(column => column.Name).ToList();
        var row = rows.ShouldHaveSingleItem();
        var places = row.Select(member => names.IndexOf(member.Key)).ToList();
        places.ShouldAllBe(place => place >= 0);
        places.ShouldBe(places.Order());
        return row;
    }

    private static string Text(JsonObject row, string column) => row[column]!.GetValue<string>();
}
