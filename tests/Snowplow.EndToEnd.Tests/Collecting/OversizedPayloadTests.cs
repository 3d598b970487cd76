using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Collecting;

/// <summary>Requests beyond the size of a record: each event of them lands once, good or as a <c>size_violation</c>.</summary>
public sealed class OversizedPayloadTests : IDisposable
{
    private const int Limit = 20_000;
    private const string Tp2 = "com.snowplowanalytics.snowplow/tp2";

    private static readonly Settings Limited = new() { Collector = new Dictionary<string, string> { ["MaxPayloadBytes"] = $"{Limit}" } };

    private readonly DataFolder _data = new();

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Executable_WhenRequestsAreTooLarge_LandsEveryEventOnceAndWhatCannotBeSplitAsSizeViolations()
    {
        await using var snowplow = await SnowplowProcess.StartAsync(_data, SnowplowProcess.FreeAddress(), Limited);

        await PostAsync(snowplow, "application/json", Body([.. Enumerable.Range(0, 60).Select(i => Event($"{i}", padding: i == 20 ? 2 * Limit : 500))]));
        await PostAsync(snowplow, "application/json", Body([Event("alone", padding: Limit)]));
        await PostAsync(snowplow, "text/plain", new string('x', Limit));
        using (var answer = await snowplow.Http.GetAsync(new Uri($"i?e=pv&p=web&tv=test&aid=get&duid=d&page={new string('y', Limit - 4000)}", UriKind.Relative)))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var answer = await snowplow.Http.GetAsync(new Uri($"i?e=pv&p=web&tv=test&aid=long&duid=d&page={new string('y', Limit - 200)}", UriKind.Relative)))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        // One user, so one partition: what comes last is last in its file.
        await PostAsync(snowplow, "application/json", Body([Event("end", padding: 10)]));
        await snowplow.EnrichedEventsAsync("the last", e => e["app_id"] == "end", 1);
        await snowplow.StopAsync();

        _data.EnrichedEvents().Select(e => e["app_id"]).ShouldBe([.. Enumerable.Range(0, 60).Where(i => i != 20).Select(i => $"{i}"), "end"]);
        var rows = _data.BadRows();
        rows.Select(Type).ShouldBe(["size_violation", "size_violation", "size_violation", "schema_violations", "size_violation"], ignoreOrder: true);
        var violations = rows.Where(row => Type(row) == "size_violation").ToList();
        foreach (var row in violations)
        {
            var failure = row["data"]!["failure"]!;
            failure["maximumAllowedSizeBytes"]!.GetValue<int>().ShouldBe(Limit);
            failure["actualSizeBytes"]!.GetValue<int>().ShouldBe(Payload(row).Length);
            Payload(row).Length.ShouldBeGreaterThan(Limit);
        }

        foreach (var marker in new[] { "\"aid\":\"20\"", "\"aid\":\"alone\"", "text/plain", "aid=long" })
            violations.ShouldContain(row => Encoding.Latin1.GetString(Payload(row)).Contains(marker, StringComparison.Ordinal), 1, marker);
        Encoding.Latin1.GetString(Payload(violations[0])).ShouldNotContain("\"aid\":\"19\"");
    }

    private static string Type(JsonNode row) => row["schema"]!.GetValue<string>().Split('/')[1];

    private static byte[] Payload(JsonNode row) => Convert.FromBase64String(row["data"]!["payload"]!.GetValue<string>());

    private static string Event(string appId, int padding) =>
        $$"""{"e":"pv","p":"web","tv":"test","duid":"d","aid":"{{appId}}","refr":"{{new string('r', padding)}}"}""";

    private static string Body(IEnumerable<string> events) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{string.Join(',', events)}}]}""";

    private static async Task PostAsync(SnowplowProcess snowplow, string type, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        // Without a duid in JSON the parameter keeps the request in the user's partition.
        using var answer = await snowplow.Http.PostAsync(new Uri($"{Tp2}?duid=d", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
