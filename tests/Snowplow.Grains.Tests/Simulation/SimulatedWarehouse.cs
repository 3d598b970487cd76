using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Events.Enriched;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Model;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;
using Snowplow.Warehouse;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>
/// The embedded warehouse of a simulated process: memory is lost with the process, files are not. What it must show follows from what landed.
/// </summary>
internal sealed class SimulatedWarehouse(IBlobStore blobs, TimeProvider time, SimulationFaults faults) : IWarehouse, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulated-warehouse").FullName;
    private EmbeddedWarehouse? _current;

    /// <summary>Opens it in a new process.</summary>
    public void Open()
    {
        _current?.Dispose();
        _current = EmbeddedWarehouse.Open(_folder, blobs, new WarehouseOptions(), time, NullLogger.Instance);
    }

    /// <summary>Reads what the process misses.</summary>
    public Task CatchUpAsync() => faults.NeverCatchesUp ? Task.CompletedTask : _current!.CatchUpAsync(null, CancellationToken.None);

    /// <inheritdoc/>
    public ValueTask LoadAsync(WarehouseUnit unit, CancellationToken cancellationToken) => _current!.LoadAsync(unit, cancellationToken);

    /// <summary>Writes what is in memory.</summary>
    public Task FlushAsync() => _current!.FlushAsync(CancellationToken.None);

    /// <summary>What is wrong with what queries see.</summary>
    public async Task<IReadOnlyList<string>> FindAsync()
    {
        await CatchUpAsync();
        var engine = new KqlEngine(new Database(_current!.Snapshot()));
        var wrong = new List<string>();
        var (events, keys, badRows) = (new List<EnrichedEvent>(), new EventKeyReader(), 0);
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, CancellationToken.None))
        {
            for (var i = 0; i < batch.Events.Count; i++) events.Add(batch.Events[i]);
            badRows += batch.Bad.Count;
        }

        var until = PipelineCheck.ForgottenUntil(events);
        Compare("events", events.Where(e => !ForgetEvent.Is(e) && !IsForgotten(e)).Select(e => e.Text(EventField.EventId)!), "events | project event_id");
        Compare("bad_rows", [$"{badRows}"], "bad_rows | count");
        var forgotten = ForgottenRows.Of(await RowTable.Forgotten.ReadAsync(blobs));
        foreach (var table in RowTable.All)
        {
            var rows = await table.ReadAsync(blobs);
            var isVersioned = ModelTables.All.Single(model => model.Name == table.Area).IsVersioned;
            var wanted = rows.GroupBy(row => string.Join(' ', table.Key.Select(column => row[column]!.GetValue<string>())))
                .Select(versions => (versions.Key, Row: isVersioned ? versions.MaxBy(Revision)! : versions.First()))
                .Where(row => row.Row["merged_into"] is null && forgotten.Without(table, [row.Row]).Count > 0)
                .Select(row => isVersioned ? $"{row.Key} {Revision(row.Row)}" : row.Key);
            Compare(table.Area, wanted, $"{table.Area} | project {string.Join(", ", table.Key.Select(column => $"['{column}']"))}{(isVersioned ? ", revision" : "")}");
        }

        return wrong;

        bool IsForgotten(EnrichedEvent e)
        {
            var (of, at) = (keys.Read(e), e.Timestamp(EventField.CollectorTstamp)!.Value);
            return (of.User is { } user && until.TryGetValue(user, out var ofUser) && at <= ofUser) || (of.Session is { } session && until.TryGetValue(session, out var ofSession) && at <= ofSession);
        }

        void Compare(string table, IEnumerable<string> wanted, string query)
        {
            var found = engine.Run(query, new QueryOptions { Workers = 1 })[0].Rows().Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal).ToList();
            var expected = wanted.Order(StringComparer.Ordinal).ToList();
            if (!found.SequenceEqual(expected))
                wrong.Add($"The warehouse's {table} lacks [{string.Join(", ", expected.Except(found))}] and has besides [{string.Join(", ", found.Except(expected))}]: {found.Count} rows, wanted {expected.Count}.");
        }
    }

    /// <summary>Deletes its folder.</summary>
    public void Dispose()
    {
        _current?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static long Revision(JsonObject row) => row["revision"]!.GetValue<long>();
}
