using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Benchmarks.Events;

/// <summary>
/// What sessions cut by campaign and length cost beside those cut by inactivity: server-cut visits of page views and pings, a write
/// after each two events; the state's bytes after 100 and 1,000 of them; and a late event that moves all cuts.
/// </summary>
internal static class MovingCutsRun
{
    private const int Sizes = 1000;
    private const int EventsPerWrite = 2;

    private static readonly ModelRules On = ModelRules.Parse("""{"version":1,"sessions":{"new_campaign":true,"max_length":3600}}"""u8.ToArray());

    public static async Task RunAsync()
    {
        var events = await EventsAsync();
        foreach (var (name, rules) in new[] { ("off", ModelRules.Default), ("on", On) })
        {
            Print($"{name}, visits of 10 events", Visits(events, rules, 10, 2000));
            Print($"{name}, visits of 200 events", Visits(events, rules, 200, 100));
            foreach (var count in new[] { 10, 100, 1000 })
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"moving-cuts: {name}, state of {count} events: {Json(Applied(events, rules, count)).Length:N0} B, of which other than views {Json(Applied(Pings(events), rules, count)).Length:N0} B"));
        }

        foreach (var count in new[] { 100, 1000 }) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"moving-cuts: on, late event before {count} events: {Late(events, count):N2} ms"));
    }

    private static void Print(string name, (double Apply, double Write, double Bytes) cost) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"moving-cuts: {name}: {cost.Apply:N0} ns and {cost.Bytes:N0} B an event, {cost.Write / 1000:N1} µs a write"));

    private static (double Apply, double Write, double Bytes) Visits(EnrichedEvent[] events, ModelRules rules, int length, int visits)
    {
        var (apply, write, bytes) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        for (var round = 0; round < 2; round++) // The first warms up.
        {
            (apply, write, bytes) = (TimeSpan.Zero, TimeSpan.Zero, 0);
            for (var visit = 0; visit < visits; visit++)
            {
                var state = new SessionState { Key = "d:visitor" };
                for (var at = 0; at < length; at += EventsPerWrite)
                {
                    var part = events[at..(at + EventsPerWrite)];
                    var (start, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
                    state.Apply("p", 0, at + EventsPerWrite, part, rules);
                    apply += Stopwatch.GetElapsedTime(start);
                    bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
                    start = Stopwatch.GetTimestamp();
                    state.BeforeWrite(rules);
                    Json(state);
                    state.AfterWrite();
                    write += Stopwatch.GetElapsedTime(start);
                    state.Rows("p", at, rules);
                }
            }
        }

        var count = (double)length * visits;
        return (apply.TotalNanoseconds / count, write.TotalNanoseconds / (count / EventsPerWrite), bytes / count);
    }

    private static double Late(EnrichedEvent[] events, int count)
    {
        var taken = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            var state = Applied(events[1..], On, count);
            var start = Stopwatch.GetTimestamp();
            state.Apply("p", 0, 1_000_000, events[..1], On);
            if (i >= 10) taken += Stopwatch.GetElapsedTime(start);
        }

        return taken.TotalMilliseconds / 10;
    }

    private static SessionState Applied(EnrichedEvent[] events, ModelRules rules, int count)
    {
        var state = new SessionState { Key = "d:visitor" };
        for (var at = 0; at < count; at += EventsPerWrite)
        {
            state.Apply("p", 0, at + EventsPerWrite, events[at..(at + EventsPerWrite)], rules);
            state.BeforeWrite(rules);
            state.AfterWrite();
            state.Rows("p", at, rules);
        }

        return state;
    }

    private static byte[] Json(SessionState state) => JsonSerializer.SerializeToUtf8Bytes(state, ModelJson.SessionState);

    // The same events, all but the first without what makes them views of their own.
    private static EnrichedEvent[] Pings(EnrichedEvent[] events) => Parse(events.Select((e, i) => i == 0 ? Fields(e) : With(Fields(e), (EventField.EventName, "page_ping"), (EventField.Contexts, ""))));

    // One page view in three, each another page; half a minute apart.
    private static async Task<EnrichedEvent[]> EventsAsync()
    {
        using var post = new PageViewPost();
        var enriched = new ArrayBufferWriter<byte>();
        await post.Pipeline.ProcessAsync(post.Raw, enriched, new ArrayBufferWriter<byte>(), CancellationToken.None);
        var line = EnrichedBatch.Parse(enriched.WrittenMemory)[0];
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return Parse(Enumerable.Range(0, Sizes + EventsPerWrite).Select(i =>
        {
            var (time, page, view) = ($"{start.AddSeconds(30 * i):yyyy-MM-dd HH:mm:ss.fff}", i / 3, Hash(i / 3));
            return With(
                Fields(line), (EventField.DerivedTstamp, time), (EventField.CollectorTstamp, time), (EventField.DvceCreatedTstamp, time), (EventField.DvceSentTstamp, time),
                (EventField.EtlTstamp, time), (EventField.EventId, Hash(1_000_000 + i).ToString()), (EventField.EventName, i % 3 == 0 ? "page_view" : "page_ping"),
                (EventField.PageUrl, $"https://shop.example/tents/{page}"), (EventField.PageUrlpath, $"/tents/{page}"), (EventField.PageTitle, $"Tent number {page}"),
                (EventField.Contexts, line.Text(EventField.Contexts)!.Replace("a86c42e5-b831-45c8-b706-000000000000", view.ToString(), StringComparison.Ordinal)));
        }));
    }

    private static Guid Hash(int number) => new(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16));

    private static string[] Fields(EnrichedEvent e) => Encoding.UTF8.GetString(e.Line).Split('\t');

    private static string[] With(string[] fields, params (EventField Field, string Text)[] values)
    {
        foreach (var (field, text) in values) fields[(int)field] = text;
        return fields;
    }

    private static EnrichedEvent[] Parse(IEnumerable<string[]> lines)
    {
        var batch = EnrichedBatch.Parse(Encoding.UTF8.GetBytes(string.Concat(lines.Select(fields => string.Join('\t', fields) + "\n"))));
        return [.. Enumerable.Range(0, batch.Count).Select(index => batch[index])];
    }
}
