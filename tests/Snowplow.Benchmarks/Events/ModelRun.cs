using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.EventRows;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Benchmarks.Events;

/// <summary>
/// What the models cost, on one thread and without grains and storage: visits of ten page views, one checkpoint after each two of
/// them. Nanoseconds and allocated bytes, for an event or for a checkpoint of one session and its user.
/// </summary>
internal static class ModelRun
{
    private const int Visits = 4000;
    private const int EventsPerCheckpoint = 2;

    public static async Task RunAsync()
    {
        using var post = new PageViewPost();
        var enriched = new ArrayBufferWriter<byte>();
        await post.Pipeline.ProcessAsync(post.Raw, enriched, new ArrayBufferWriter<byte>(), CancellationToken.None);
        var batch = EnrichedBatch.Parse(enriched.WrittenMemory);
        EnrichedEvent[] events = [.. Enumerable.Range(0, batch.Count).Select(index => batch[index])];
        // Until the code is compiled for good.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < TimeSpan.FromSeconds(8);) Visit(events, []);
        var costs = new SortedDictionary<string, Cost>(StringComparer.Ordinal);
        for (var i = 0; i < Visits; i++) Visit(events, costs);
        foreach (var (name, cost) in costs) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"model: {name,-34} {cost.Nanoseconds / cost.Count,9:N0} ns {cost.Bytes / cost.Count,9:N0} B"));
    }

    private static void Visit(EnrichedEvent[] events, SortedDictionary<string, Cost> costs)
    {
        var (keys, rules) = (new EventKeyReader(), ModelRules.Default);
        var of = keys.Read(events[0]);
        var (session, user, rows) = (new SessionState { Key = of.Session! }, new UserState { Key = of.User! }, new EventRowWriter(rules));
        for (var position = 1L; position * EventsPerCheckpoint <= events.Length; position++)
        {
            var part = events[(int)((position - 1) * EventsPerCheckpoint)..(int)(position * EventsPerCheckpoint)];
            var (to, before) = (position, position - 1);
            Measure(costs, "event: keys, bot, event rows", part.Length, () =>
            {
                foreach (var e in part)
                {
                    rows.Add(e, keys.Read(e));
                    rules.IsBot(e);
                }
            });
            Measure(costs, "event: session", part.Length, () => session.Apply("p", 0, to, part, rules));
            Measure(costs, "event: user", part.Length, () => user.Apply("p", 0, to, part, rules));
            session.BeforeWrite(rules);
            Measure(costs, "checkpoint: session's state as JSON", 1, () => JsonSerializer.SerializeToUtf8Bytes(session, ModelJson.SessionState));
            session.AfterWrite();
            SessionStateRows? told = null;
            Measure(costs, "checkpoint: session's and views' rows", 1, () => told = session.Rows("p", before, rules));
            user.TakeSessions(told!.Sessions);
            user.BeforeWrite();
            Measure(costs, "checkpoint: user's state as JSON", 1, () => JsonSerializer.SerializeToUtf8Bytes(user, ModelJson.UserState));
            user.AfterWrite();
            Measure(costs, "checkpoint: user's rows", 1, () => user.Rows("p", before));
        }
    }

    private static void Measure(SortedDictionary<string, Cost> costs, string name, int count, Action work)
    {
        var (bytes, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        work();
        var taken = Stopwatch.GetElapsedTime(clock);
        costs[name] = costs.GetValueOrDefault(name).Plus(taken.TotalNanoseconds, GC.GetAllocatedBytesForCurrentThread() - bytes, count);
    }

    private readonly record struct Cost(double Nanoseconds, double Bytes, long Count)
    {
        public Cost Plus(double nanoseconds, double bytes, long count) => new(Nanoseconds + nanoseconds, Bytes + bytes, Count + count);
    }
}
