using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Snowplow.Benchmarks.Events;
using Snowplow.Events.Enriched;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Benchmarks.Platform;

/// <summary>
/// Live profiles of five attributes: their cost for an event, on one thread and without grains; and <c>GET
/// /api/profiles/{group}/{key}</c> at 1,000 requests/s beside 2,000 events/s against the real executable: of visitors in sessions, as
/// <c>snowplow simulate</c> makes them, then of none, which tells what client and machine take themselves (a virtual machine may stand still for
/// milliseconds), and then of another visitor with each event, which is the dearest traffic that there is. Requests go out by the
/// clock over 64 connections (<see cref="PacedClient"/>). What simulates the visitors has the lowest priority, as if it were on another
/// machine; that it kept its rate is printed. <c>SNOWPLOW_LOAD_SECONDS</c> and <c>SNOWPLOW_LOAD_EVENTS</c> set another length and another
/// rate of events.
/// </summary>
internal static class ProfilesRun
{
    private const int Users = 20_000;
    private const int EventsPerPost = 10;
    private const int RequestsPerSecond = 1_000;

    private const string Rules = """
        {
          "version": 1,
          "attribute_groups": [
            {
              "name": "visitor", "version": 1, "key": "domain_userid",
              "attributes": [
                { "name": "views", "aggregation": "counter", "when": { "field": "event_name", "equals": "page_view" } },
                { "name": "views_30m", "aggregation": "counter", "period": 1800, "when": { "field": "event_name", "equals": "page_view" } },
                { "name": "last_page", "aggregation": "last", "property": "page_urlpath" },
                { "name": "pages", "aggregation": "approx_count_distinct", "property": "page_urlpath" },
                { "name": "sources", "aggregation": "unique_list", "property": "mkt_source" }
              ]
            }
          ]
        }
        """;

    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_LOAD_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 60;

    private static readonly int EventsPerSecond =
        int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_LOAD_EVENTS"), CultureInfo.InvariantCulture, out var events) ? events : 2_000;

    public static async Task RunAsync()
    {
        await MeasureModelAsync();

        var rules = Path.GetTempFileName();
        await File.WriteAllTextAsync(rules, Rules);
        await using var server = await ServerProcess.StartAsync($"--Model:Rules={rules}");
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = server.Url };
        Console.WriteLine($"profiles: {RequestsPerSecond:N0} requests/s beside {EventsPerSecond:N0} events/s for {Seconds} s, each after a warm-up");
        await server.SimulateAsync(EventsPerSecond, 40, seed: 1);
        var visitors = await VisitorsAsync(http);
        await MeasureAsync("visitors in sessions", server, async () =>
        {
            var traffic = server.SimulateAsync(EventsPerSecond, Seconds, seed: 1, givesWay: true);
            var measured = await LoadAsync(http, Seconds, visitors, 0);
            Console.WriteLine(await traffic);
            return measured;
        });
        await server.UntilLandedAsync();
        await MeasureAsync("no events, for what the machine takes itself", server, () => LoadAsync(http, Math.Max(1, Seconds / 3), visitors, 0));

        visitors = [.. Enumerable.Range(0, Users).Select(Id)];
        await LoadAsync(http, 20, visitors, EventsPerSecond);
        await MeasureAsync("another visitor with each event", server, () => LoadAsync(http, Seconds, visitors, EventsPerSecond));
        var landed = await server.UntilLandedAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"profiles: {landed:N0} events landed; {server.PeakMemoryMiB:N0} MiB of memory at most"));
        File.Delete(rules);
    }

    private static async Task MeasureAsync(string what, ServerProcess server, Func<Task<(IReadOnlyCollection<double> Latencies, double Late)>> load)
    {
        var (processor, own, clock) = (server.ProcessorTime, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var (latencies, late) = await load();
        var (processors, ownProcessors) = ((server.ProcessorTime - processor) / clock.Elapsed, (Environment.CpuUsage.TotalTime - own) / clock.Elapsed);
        var sorted = latencies.Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"profiles, {what}: {sorted.Length:N0} answers, ms: p50 {At(sorted, 0.5):F2}, p90 {At(sorted, 0.9):F2}, p95 {At(sorted, 0.95):F2}, p99 {At(sorted, 0.99):F2}, p99.9 {At(sorted, 0.999):F2}, most {sorted[^1]:F1}; requests went out up to {late:F1} ms late; processors taken: {processors:F2} by the server, {ownProcessors:F2} by the requests' client"));
    }

    private static async Task<string[]> VisitorsAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/v1/rest/query", UriKind.Relative), new { csl = $"users | where user_key startswith_cs 'd:' | take {Users} | project device_identifier" });
        var table = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Tables")[0];
        return [.. table.GetProperty("Rows").EnumerateArray().Select(row => row[0].GetString()!)];
    }

    private static async Task MeasureModelAsync()
    {
        using var post = new PageViewPost();
        var enriched = new ArrayBufferWriter<byte>();
        await post.Pipeline.ProcessAsync(post.Raw, enriched, new ArrayBufferWriter<byte>(), CancellationToken.None);
        var batch = EnrichedBatch.Parse(enriched.WrittenMemory);
        EnrichedEvent[] events = [.. Enumerable.Range(0, batch.Count).Select(index => batch[index])];
        var rules = ModelRules.Parse(Encoding.UTF8.GetBytes(Rules)).Profiles;
        var keys = new ProfileKeyReader(rules);
        // Until the code is compiled for good.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < TimeSpan.FromSeconds(8);) Visit(events, rules, keys);
        var (visits, bytes, clock) = (20_000, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        for (var i = 0; i < visits; i++) Visit(events, rules, keys);
        var count = (double)visits * events.Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"profiles: an event of a new visitor's ten, keys and five attributes: {clock.Elapsed.TotalNanoseconds / count:N0} ns, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / count:N0} bytes"));

        var state = NewState(keys.Read(events[0])[0], rules);
        (bytes, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        for (var i = 0; i < visits; i++) state.Apply("p", 0, i + 1, events);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"profiles: a copy of an event of a known visitor, five attributes: {clock.Elapsed.TotalNanoseconds / count:N0} ns, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / count:N0} bytes"));
    }

    private static void Visit(EnrichedEvent[] events, ProfileRules rules, ProfileKeyReader keys)
    {
        var state = NewState(keys.Read(events[0])[0], rules);
        foreach (var e in events) keys.Read(e);
        state.Apply("p", 0, 1, events);
    }

    private static ProfileState NewState(string key, ProfileRules rules)
    {
        var state = new ProfileState { Key = key };
        state.Use(rules);
        return state;
    }

    // The latencies in milliseconds, and how late requests went out at most: the generator shares the processors.
    private static async Task<(IReadOnlyCollection<double> Latencies, double Late)> LoadAsync(HttpClient http, int seconds, string[] visitors, int eventsPerSecond)
    {
        var (random, duration) = (new Random(1), TimeSpan.FromSeconds(seconds));
        var requests = Task.Factory.StartNew(
            () => PacedClient.Send(http.BaseAddress!, duration, RequestsPerSecond, _ => Get(visitors[random.Next(visitors.Length)])),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var (running, identifiers, clock) = (new List<Task>(), new Random(2), Stopwatch.StartNew());
        for (var posted = 0; eventsPerSecond > 0 && clock.Elapsed < duration; await Task.Delay(1))
        {
            for (; posted < clock.Elapsed.TotalSeconds * eventsPerSecond / EventsPerPost; posted++) running.Add(PostAsync(http, identifiers));
            running.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(running);
        return await requests;
    }

    private static byte[] Get(string visitor) =>
        Encoding.ASCII.GetBytes($"GET /api/profiles/visitor/{Uri.EscapeDataString(visitor)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static async Task PostAsync(HttpClient http, Random random)
    {
        var body = new StringBuilder("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[""");
        for (var i = 0; i < EventsPerPost; i++)
        {
            var user = random.Next(Users);
            body.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$$"""{"e":"pv","p":"web","tv":"js-4.6.0","aid":"shop","eid":"{{{Guid.NewGuid()}}}","duid":"{{{Id(user)}}}","sid":"{{{Id(user)}}}","vid":"1","url":"https://shop.example/product/{{{random.Next(1000)}}}?utm_source=news{{{random.Next(5)}}}&utm_medium=email","page":"Product","refr":"https://www.google.com/","lang":"en-GB"}""");
        }

        using var content = new StringContent(body.Append("]}").ToString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("com.snowplowanalytics.snowplow/tp2", UriKind.Relative), content).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    private static string Id(int user) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{user:D12}");

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
}
