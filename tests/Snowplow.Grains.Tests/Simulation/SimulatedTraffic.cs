using System.Buffers;
using System.Globalization;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Model.Forgetting;
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
    public static IReadOnlyList<IReadOnlyList<RawRecord>> Generate(Random random, bool forgetsInOnePartition)
    {
        var users = random.Next(1, 4);
        var partitions = new List<IReadOnlyList<RawRecord>>();
        for (var partition = random.Next(1, 4); partition > 0; partition--)
            partitions.Add([.. Enumerable.Range(0, random.Next(3, 12)).Select(position => Record(random, position, users))]);
        for (var erasure = random.Next(3); erasure > 0; erasure--) Forget(partitions, random, users, forgetsInOnePartition);
        return partitions;
    }

    // In every partition, ahead of the first record that was received later, as the API does it.
    private static void Forget(List<IReadOnlyList<RawRecord>> partitions, Random random, int users, bool inOnePartition)
    {
        var at = Start.AddMinutes(random.Next(0, 80));
        var user = $"d:user-{random.Next(users)}";
        string[] keys =
        [
            user, ForgetKey.OfProfile($"user:{user}"), ForgetKey.OfProfile($"user_id:login-{random.Next(2)}"), .. Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0).Select(session => $"s:00000000-0000-4000-8000-00000000000{session}"),
        ];
        for (var partition = 0; partition < (inOnePartition ? 1 : partitions.Count); partition++)
        {
            var records = partitions[partition].ToList();
            var later = records.FindIndex(record => CollectorPayloadReader.TryRead(record.Payload, out var payload, out _) && payload.TimestampMs > at.ToUnixTimeMilliseconds());
            var id = NewId(random);
            records.Insert(random.Next((later < 0 ? records.Count : later) + 1), new RawRecord(0, id, ForgetEvent.ToRecord(at, "sim-1", id, keys)));
            partitions[partition] = [.. records.Select((record, position) => record with { Position = position })];
        }
    }

    private static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>The ids of the records' events: each has one, by its payload's id.</summary>
    public static IReadOnlySet<Guid> EventIds(IReadOnlyList<IReadOnlyList<RawRecord>> partitions) =>
        partitions.SelectMany(records => records).Select(record => IsForget(record) ? EventId.FromPayload(record.PayloadId!.Value, 0) : record.PayloadId!.Value).ToHashSet();

    private static bool IsForget(RawRecord record) => CollectorPayloadReader.TryRead(record.Payload, out var payload, out _) && payload.IsForget;

    private static string Kind(Random random) => random.Next(8) switch
    {
        0 => "e=ue&ue_px=" + TrackerEvents.Unstruct(TrackerEvents.SelfDescribing[random.Next(TrackerEvents.SelfDescribing.Length)]),
        < 3 => "e=pp",
        _ => "e=pv",
    };

    // Two of the pages are opened by campaigns.
    private static string Page(int page) => page < 2 ? $"{page}" : $"{page}%3Futm_source%3Dsource-{page}";

    private static string Login(Random random) => random.Next(4) == 0 ? $"&uid=login-{random.Next(2)}" : "";

    private static string Fingerprint(Random random) => random.Next(4) == 0 ? $"&fp=print-{random.Next(3)}" : "";

    private static string View(Random random) =>
        random.Next(5) == 0 ? "" : "&cx=" + TrackerEvents.WebPage($"00000000-0000-4000-8000-0000000001{random.Next(6):D2}");

    private static RawRecord Record(Random random, int position, int users)
    {
        var id = NewId(random);
        var user = random.Next(users);
        var session = random.NextDouble() < 0.5 ? $"&sid=00000000-0000-4000-8000-00000000000{random.Next(3)}" : "";
        var title = random.NextDouble() < 0.3 ? new string('t', OverlongTitle) : "Home";

        // Arrival and event time differ, so that sessions grow at both ends and are bridged by late events.
        var received = Start.AddMinutes(position * 7);
        var happened = received.AddMinutes(-random.Next(0, 120));
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind(random)}&p=web&tv=sim-1&eid={id}&duid=user-{user}{session}&ttm={happened.ToUnixTimeMilliseconds()}&page={title}&url=https%3A%2F%2Fshop.example%2F{Page(random.Next(4))}{Login(random)}{Fingerprint(random)}{View(random)}");
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
