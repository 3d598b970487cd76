using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Snowplow.Benchmarks.Platform;

/// <summary>
/// Many users: 1,000,000 become known (a visit of two events each), then a tenth of them visits again within minutes. Tells
/// memory, bytes on disk for each user, session and view, and how long the server takes to be back after SIGKILL amid load.
/// <c>SNOWPLOW_USERS</c> sets another number.
/// </summary>
internal static class UsersRun
{
    private const int Senders = 16;
    private const int VisitorsPerPost = 10;

    private static readonly int Users =
        int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_USERS"), CultureInfo.InvariantCulture, out var users) ? users : 1_000_000;

    public static async Task RunAsync()
    {
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Senders }) { BaseAddress = server.Url };

        await SendAsync(http, 0, Users, visit: 1);
        var landed = await server.UntilLandedAsync();
        Console.WriteLine(Line($"users: {Users:N0} known; {landed:N0} events landed; {Memory(server)}"));
        await Task.Delay(TimeSpan.FromMinutes(2.5)); // Idle grains leave after a minute, and what a burst took is given back after a little more.
        Console.WriteLine(Line($"users: after two and a half minutes of rest: {Memory(server)}"));
        foreach (var (name, bytes) in server.BytesOnDisk().OrderByDescending(area => area.Bytes))
            Console.WriteLine(Line($"users: {name,-14} {bytes / (1 << 20),7:N0} MiB, {(double)bytes / Users,7:N0} bytes a user (each with a session and a view)"));

        await SendAsync(http, 0, Users / 10, visit: 2);
        await server.UntilLandedAsync();
        Console.WriteLine(Line($"users: {Users / 10:N0} active again: {Memory(server)}"));

        using var end = new CancellationTokenSource();
        var load = SendAsync(http, 0, Users, visit: 3, end.Token);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var clock = Stopwatch.StartNew();
        await server.KillAndStartAgainAsync();
        var ready = clock.Elapsed;
        await end.CancelAsync();
        await load;
        await server.UntilLandedAsync();
        Console.WriteLine(Line($"users: killed amid load: takes events again after {ready.TotalSeconds:F1} s, all landed and modelled after {clock.Elapsed.TotalSeconds:F1} s; {Memory(server)}"));
    }

    private static async Task SendAsync(HttpClient http, int from, int upTo, int visit, CancellationToken end = default)
    {
        var next = from - VisitorsPerPost;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (!end.IsCancellationRequested && Interlocked.Add(ref next, VisitorsPerPost) is var first && first < upTo)
                await PostAsync(http, Body(first, Math.Min(first + VisitorsPerPost, upTo), visit), end);
        }));
    }

    private static async Task PostAsync(HttpClient http, string body, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(new Uri("com.snowplowanalytics.snowplow/tp2", UriKind.Relative), content, end);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // The server is being killed: a tracker sends again.
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static string Body(int from, int upTo, int visit)
    {
        var body = new StringBuilder("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[""");
        for (var user = from; user < upTo; user++)
        {
            if (user > from) body.Append(',');
            AppendEvent(body, "pv", user, visit);
            AppendEvent(body.Append(','), "pp", user, visit);
        }

        return body.Append("]}").ToString();
    }

    private static void AppendEvent(StringBuilder body, string kind, int user, int visit) => body.Append(
        CultureInfo.InvariantCulture,
        $$$"""
        {"e":"{{{kind}}}","p":"web","tv":"js-4.6.0","aid":"shop","eid":"{{{Guid.NewGuid()}}}","duid":"00000000-0000-4000-8000-{{{user:D12}}}","sid":"{{{visit:D8}}}-0000-4000-8000-{{{user:D12}}}","vid":"{{{visit}}}","url":"https://shop.example/product/{{{user % 1000}}}?utm_source=news&utm_medium=email","page":"Product {{{user % 1000}}}","refr":"https://www.google.com/","res":"1920x1080","vp":"1280x720","ds":"1280x4000","lang":"en-GB","tz":"Europe/London","pp_miy":"0","pp_may":"900","co":"{\"schema\":\"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1\",\"data\":[{\"schema\":\"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0\",\"data\":{\"id\":\"{{{visit:D8}}}-0000-4000-9000-{{{user:D12}}}\"}}]}"}
        """);

    private static string Memory(ServerProcess server) => Line($"{server.MemoryMiB:N0} MiB of memory, {server.PeakMemoryMiB:N0} at most");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
