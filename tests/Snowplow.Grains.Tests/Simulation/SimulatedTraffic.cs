using System.Buffers;
using System.Globalization;
using Snowplow.Events.Collector;
using Snowplow.Streams;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>
/// Raw records of a few users over a few partitions: client sessions shared between partitions and users, server-cut
/// sessions in any order of time, and events whose outcome differs between attempts.
/// </summary>
internal static class SimulatedTraffic
{
    /// <summary>A title of this length is bad or cut, as the enrichment at hand is configured.</summary>
    private const int OverlongTitle = 2001;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 9, 30, 0, TimeSpan.Zero);

    /// <summary>Makes the records of one to three partitions.</summary>
    public static IReadOnlyList<IReadOnlyList<RawRecord>> Generate(Random random)
    {
        var users = random.Next(1, 4);
        var partitions = new List<IReadOnlyList<RawRecord>>();
        for (var partition = random.Next(1, 4); partition > 0; partition--)
            partitions.Add([.. Enumerable.Range(0, random.Next(3, 12)).Select(position => Record(random, position, users))]);
        return partitions;
    }

    /// <summary>The ids of the records' events: each has one, by its payload's id.</summary>
    public static IReadOnlySet<Guid> EventIds(IReadOnlyList<IReadOnlyList<RawRecord>> partitions) =>
        partitions.SelectMany(records => records).Select(record => record.PayloadId!.Value).ToHashSet();

    private static string Kind(Random random) => random.Next(8) switch
    {
        0 => "e=ue&ue_px=" + TrackerEvents.Unstruct(TrackerEvents.SelfDescribing[random.Next(TrackerEvents.SelfDescribing.Length)]),
        < 3 => "e=pp",
        _ => "e=pv",
    };

    private static string Login(Random random) => random.Next(4) == 0 ? $"&uid=login-{random.Next(2)}" : "";

    private static string View(Random random) =>
        random.Next(5) == 0 ? "" : "&cx=" + TrackerEvents.WebPage($"00000000-0000-4000-8000-0000000001{random.Next(6):D2}");

    private static RawRecord Record(Random random, int position, int users)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        var id = new Guid(bytes);
        var user = random.Next(users);
        var session = random.NextDouble() < 0.5 ? $"&sid=00000000-0000-4000-8000-00000000000{random.Next(3)}" : "";
        var title = random.NextDouble() < 0.3 ? new string('t', OverlongTitle) : "Home";

        // Arrival and event time differ, so that sessions grow at both ends and are bridged by late events.
        var received = Start.AddMinutes(position * 7);
        var happened = received.AddMinutes(-random.Next(0, 120));
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind(random)}&p=web&tv=sim-1&eid={id}&duid=user-{user}{session}&ttm={happened.ToUnixTimeMilliseconds()}&page={title}&url=https%3A%2F%2Fshop.example%2F{random.Next(4)}{Login(random)}{View(random)}");
        var payload = new CollectorPayload
        {
            IpAddress = "192.0.2.1",
            TimestampMs = received.ToUnixTimeMilliseconds(),
            Encoding = "UTF-8",
            Collector = "sim-1",
            UserAgent = "sim",
            Path = "/i",
            Querystring = random.NextDouble() < 0.05 ? $"e=nonsense&eid={id}" : query,
            Headers = [],
            NetworkUserId = "00000000-0000-4000-8000-000000000099",
            Schema = CollectorPayload.SchemaUri,
        };
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(payload, thrift);
        return new RawRecord(position, id, thrift.WrittenMemory);
    }
}
