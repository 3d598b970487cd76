using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Storage.Warehouse;
using Xunit.Abstractions;

namespace Snowplow.Warehouse.Tests.Warehouse;

/// <summary>
/// Whatever comes, in whatever order it is loaded, written, merged and lost from memory: queries see each event once and the newest version of
/// each row. Dozens of courses by default, hundreds with SNOWPLOW_TEST_SCALE=full.
/// </summary>
public sealed class WarehouseHistoryTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Courses = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 500 : 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("warehouse").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Warehouse_WhateverHappens_ShowsEachEventOnceAndEachRowInItsNewestVersion()
    {
        var (flushes, merges, losses) = (0, 0, 0);
        for (var seed = 0; seed < Courses; seed++)
        {
            var random = new Random(seed);
            var data = Path.Combine(_folder, $"{seed}");
            var history = new LandedHistory(data, random);
            var warehouse = Open(data, history);
            for (var step = 0; step < 120; step++)
            {
                switch (random.Next(10))
                {
                    case < 6:
                        var unit = await history.LandAsync();
                        // A range that was told again after a loss, and one whose telling was lost.
                        for (var times = random.Next(8) switch { 0 => 0, 1 => 2, _ => 1 }; times > 0; times--) await warehouse.LoadAsync(unit, default);
                        if (!await HasAsync(warehouse, unit)) await ReopenAsync(unit);
                        break;
                    case 6:
                        await warehouse.FlushAsync(default);
                        flushes++;
                        break;
                    case 7:
                        await warehouse.TidyAsync(default);
                        merges++;
                        break;
                    case 8:
                        await ReopenAsync(null);
                        break;
                    default:
                        Check(seed, step, history, warehouse);
                        break;
                }
            }

            await warehouse.CatchUpAsync(null, default);
            Check(seed, -1, history, warehouse);
            await warehouse.FlushAsync(default);
            warehouse.Dispose();
            using (var next = Open(data, history)) Check(seed, -2, history, next);
            Check(seed, -3, history, await EmbeddedWarehouse.ReadAsync(Path.Combine(data, "none"), history.Blobs, null, default));

            async Task ReopenAsync(WarehouseUnit? told)
            {
                losses++;
                warehouse.Dispose();
                warehouse = Open(data, history);
                await warehouse.CatchUpAsync(null, default);
                if (told is not null) await warehouse.LoadAsync(told, default);
            }
        }

        output.WriteLine($"{Courses} courses; {flushes} writes, {merges} times of merging, {losses} losses of memory.");
    }

    private static EmbeddedWarehouse Open(string data, LandedHistory history) =>
        EmbeddedWarehouse.Open(Path.Combine(data, "warehouse"), history.Blobs, new WarehouseOptions(), TimeProvider.System, NullLogger.Instance);

    // Whether a unit is in the store: else its partition must be caught up, as the server does before it goes on.
    private static Task<bool> HasAsync(EmbeddedWarehouse warehouse, WarehouseUnit unit) => Task.FromResult(warehouse.HasLoaded(unit.Partition, unit.UpTo));

    private static void Check(int seed, int step, LandedHistory history, EmbeddedWarehouse warehouse)
    {
        var engine = new KqlEngine(new Database(warehouse.Snapshot()));
        var at = $"seed {seed}, step {step}";
        Same("events | project event_id, collector_tstamp", history.Events());
        Same("bad_rows | summarize dcount(tolong(data.n)), count()", [$"{history.BadRows} {history.BadRows}"]);
        Same("sessions | project session_identifier, revision, total_events", history.Sessions());
        Same("users | project user_key, revision", history.Users());
        Same("web_vitals | project event_id, derived_tstamp, collector_tstamp", history.WebVitals());

        void Same(string query, IEnumerable<string> wanted)
        {
            var (found, expected) = (Rows(query).ToList(), wanted.ToList());
            if (!found.SequenceEqual(expected)) Assert.Fail($"{at}: {query} lacks [{string.Join(", ", expected.Except(found))}] and has besides [{string.Join(", ", found.Except(expected))}], {found.Count} rows, wanted {expected.Count}");
        }

        IEnumerable<string> Rows(string query) => engine.Run(query, new QueryOptions())[0].Rows()
            .Select(row => string.Join(' ', row.Select(value => value is DateTime time ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : $"{value}"))).Order();
    }
}
