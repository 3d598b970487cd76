using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>
/// Requests of trackers, by seed: GETs of one event and POSTs of a few, page views, page pings and structured events of
/// users with and without client sessions, and some that are bad. Users are spread over partitions, out of order of time.
/// </summary>
internal static class TrackerTraffic
{
    private const int Users = 25;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Makes that many requests.</summary>
    public static IReadOnlyList<TrackedPayload> Generate(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Request(random, Start.AddSeconds(number * 20)))];
    }

    /// <summary>One page view of a user in a client session.</summary>
    public static TrackedPayload PageView(Guid eventId, string user, string session, DateTimeOffset at) =>
        Get(user, at, new Dictionary<string, string>
        {
            ["e"] = "pv", ["p"] = "web", ["tv"] = "test-1", ["eid"] = eventId.ToString(), ["duid"] = user, ["sid"] = session,
            ["ttm"] = Milliseconds(at), ["url"] = "https://shop.example/", ["page"] = "Home",
        });

    private static TrackedPayload Request(Random random, DateTimeOffset received)
    {
        var user = random.Next(Users);
        var key = random.Next(4) == 0 ? $"anywhere-{random.Next(8)}" : $"user-{user}";
        if (random.Next(2) == 0) return Get(key, received, Event(random, user, received, random.Next(20) == 0 ? "nonsense" : null));
        return Post(key, received, random, [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Event(random, user, received, null))]);
    }

    private static Dictionary<string, string> Event(Random random, int user, DateTimeOffset received, string? kind)
    {
        kind ??= random.Next(7) switch { 0 or 1 => "pp", 2 or 3 => "se", 4 => "ue", _ => "pv" };
        var fields = new Dictionary<string, string>
        {
            ["e"] = kind,
            ["p"] = "web",
            ["tv"] = "test-1",
            ["aid"] = "shop",
            ["eid"] = Id(random).ToString(),
            ["duid"] = $"user-{user}",
            ["ttm"] = Milliseconds(received.AddSeconds(-random.Next(0, 7200))),
            ["url"] = $"https://shop.example/{random.Next(6)}?utm_source=mail{random.Next(3)}",
            ["page"] = $"Page {random.Next(6)}",
        };
        // Two users in three have a client's session ids, some of them shared with the next user.
        if (user % 3 != 0) fields["sid"] = $"00000000-0000-4000-8000-{(user / 2 * 10) + random.Next(3):D12}";
        if (random.Next(3) == 0) fields["uid"] = $"login-{user % 7}";
        if (random.Next(6) == 0) fields["fp"] = $"print-{user % 5}";
        if (random.Next(4) > 0) fields["cx"] = TrackerEvents.WebPage($"00000000-0000-4000-8000-{user * 10 + random.Next(5):D12}");
        if (kind == "ue") fields["ue_px"] = TrackerEvents.Unstruct(TrackerEvents.SelfDescribing[random.Next(TrackerEvents.SelfDescribing.Length)]);
        if (kind == "se") (fields["se_ca"], fields["se_ac"]) = ("cart", "add");
        return fields;
    }

    private static TrackedPayload Get(string key, DateTimeOffset received, Dictionary<string, string> fields)
    {
        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        var id = Guid.Parse(fields["eid"]);
        return Payload(key, id, new CollectorPayload { Path = "/i", Querystring = query, TimestampMs = received.ToUnixTimeMilliseconds() }, [fields]);
    }

    private static TrackedPayload Post(string key, DateTimeOffset received, Random random, IReadOnlyList<Dictionary<string, string>> events)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { schema = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4", data = events });
        var payload = new CollectorPayload
        {
            Path = "/com.snowplowanalytics.snowplow/tp2", Body = body, ContentType = "application/json", TimestampMs = received.ToUnixTimeMilliseconds(),
        };
        return Payload(key, Id(random), payload, events);
    }

    private static TrackedPayload Payload(string key, Guid id, CollectorPayload payload, IReadOnlyList<Dictionary<string, string>> events)
    {
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(
            payload with
            {
                IpAddress = "192.0.2.1",
                Encoding = "UTF-8",
                Collector = "test-1",
                UserAgent = "test",
                Headers = [],
                NetworkUserId = "00000000-0000-4000-8000-000000000099",
                Schema = CollectorPayload.SchemaUri,
            },
            thrift);
        return new TrackedPayload(key, id, thrift.WrittenMemory, [.. events.Select(fields => Guid.Parse(fields["eid"]))]);
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
