using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;
using Snowplow.Warehouse.Loading;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse;

/// <summary>
/// The warehouse in this process: columns in files under a folder, and the newest rows in memory. It holds what the files that landed hold, and
/// the tables that users made. A unit is put into memory, where queries see it at once, and written later; after a crash, and at the first
/// start, it is loaded from the files that landed (ARCHITECTURE.md, "Warehouse").
/// </summary>
public sealed class EmbeddedWarehouse : IWarehouse, IDisposable
{
    /// <summary>What its folder is called within a data folder.</summary>
    public const string FolderName = "warehouse";

    // Units beyond this many times what is written at once are left to be read from files later: the disk does not keep up, or is full.
    private const int MostBehind = 3;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly WarehouseStore _store;
    private readonly StoreUpkeep _upkeep;
    private readonly UnitLoader _loader;
    private readonly CatchUp _catchUp;
    private readonly IBlobStore _blobs;
    private readonly WarehouseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    // Partitions whose units come straight from memory, and up to where those of others were told.
    private readonly HashSet<PartitionName> _live = [];
    private readonly Dictionary<PartitionName, long> _told = [];

    // Partitions that have files and are not live; null until the files have been listed. Of the one caller of CatchUpAsync.
    private HashSet<PartitionName>? _behind;
    private long _flushed;
    private WarehouseMetrics? _metrics;

    private EmbeddedWarehouse(WarehouseStore store, IBlobStore blobs, WarehouseOptions options, TimeProvider time, ILogger log)
    {
        _store = store;
        _blobs = blobs;
        _options = options;
        _time = time;
        _log = log;
        _upkeep = new StoreUpkeep(store);
        _loader = new UnitLoader(store);
        Own = new OwnTables(store, _upkeep);
        _catchUp = new CatchUp(store, _loader, blobs, MakeRoomAsync);
        _flushed = time.GetTimestamp();
    }

    /// <summary>What went wrong last, while it is tried again; null while all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>The tables that users made.</summary>
    public OwnTables Own { get; }

    /// <summary>Number of rows that are in memory alone.</summary>
    public int RowsInMemory => _store.RowsInMemory;

    /// <summary>Number of events that were loaded since it was opened.</summary>
    public long EventsLoaded => _loader.Events;

    /// <summary>Extents on disk, and the bytes of their rows.</summary>
    public (int Count, long SizeBytes) Extents => _store.Extents;

    /// <summary>Opens the warehouse of a folder for a server: files that a crash has left are deleted.</summary>
    /// <param name="folder">Its own folder, which is made where it is missing; one process at a time.</param>
    /// <param name="blobs">Where the files that landed are.</param>
    /// <param name="options">How it works.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where to tell what happens.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of a newer version.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static EmbeddedWarehouse Open(string folder, IBlobStore blobs, WarehouseOptions options, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(folder);
        WarehouseStore store;
        try
        {
            store = WarehouseStore.Open(folder);
        }
        catch (FileNotFoundException missing)
        {
            throw new InvalidDataException($"A file of the warehouse is missing: '{missing.FileName}'. 'snowplow rebuild' makes it anew from the files that landed.", missing);
        }

        store.Files.DeleteLeftovers();
        var warehouse = new EmbeddedWarehouse(store, blobs, options, time, log);
        warehouse._metrics = new WarehouseMetrics(warehouse);
        return warehouse;
    }

    /// <summary>Opens what a folder holds beside the server that works on it, or without one; what has landed since is loaded into memory. Nothing is written.</summary>
    /// <param name="folder">The warehouse's folder, which need not be there.</param>
    /// <param name="blobs">Where the files that landed are.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of a newer version.</exception>
    /// <exception cref="LandingCorruptException">A file that landed is damaged or missing.</exception>
    public static async Task<EmbeddedWarehouse> ReadAsync(string folder, IBlobStore blobs, IProgress<CatchUpProgress>? progress, CancellationToken stop)
    {
        var options = new WarehouseOptions { FlushRows = int.MaxValue, FlushBytes = long.MaxValue };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var warehouse = new EmbeddedWarehouse(WarehouseStore.Open(folder), blobs, options, TimeProvider.System, NullLogger.Instance);
                await warehouse.CatchUpAsync(progress, stop);
                return warehouse;
            }
            catch (FileNotFoundException) when (attempt < 5)
            {
                // The server has replaced an extent between the reading of its manifest and the opening of its files.
            }
        }
    }

    /// <summary>All tables as they are now: what a query reads.</summary>
    public IReadOnlyList<Table> Snapshot() => _store.Snapshot();

    /// <summary>Whether all of a partition up to a position is in the warehouse; for tests, while nothing is loaded.</summary>
    internal bool HasLoaded(PartitionName partition, long upTo) => _store.Positions.Of(partition, WarehouseTables.Events) >= upTo && _live.Contains(partition);

    /// <inheritdoc/>
    public async ValueTask LoadAsync(WarehouseUnit unit, CancellationToken cancellationToken)
    {
        // Nobody holds it for long, and without a token the wait stays on the caller's scheduler.
        await _store.Loading.WaitAsync(CancellationToken.None);
        try
        {
            _store.Positions.Landed(unit.Partition, unit.UpTo);
            _told[unit.Partition] = Math.Max(_told.GetValueOrDefault(unit.Partition), unit.UpTo);
            // What came before the first unit, or where one was left out, is in files. So is all that comes while the disk is full.
            var follows = unit.From <= _store.Positions.Of(unit.Partition, WarehouseTables.Events);
            var hasRoom = _store.RowsInMemory <= (long)MostBehind * _options.FlushRows && _store.BytesInMemory <= MostBehind * _options.FlushBytes;
            if (unit.From == 0 && follows) _live.Add(unit.Partition);
            if (!follows || !hasRoom) _live.Remove(unit.Partition);
            if (!_live.Contains(unit.Partition)) return;

            Load(unit);
        }
        finally
        {
            _store.Loading.Release();
        }
    }

    /// <summary>Loads what the files that landed hold and the warehouse does not, of all partitions.</summary>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Ends it; what was loaded stays loaded.</param>
    /// <exception cref="LandingCorruptException">A file that landed is damaged or missing.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task CatchUpAsync(IProgress<CatchUpProgress>? progress, CancellationToken stop)
    {
        // What was told is in files by then.
        var told = await HoldAsync(() => _told.Where(partition => !_live.Contains(partition.Key)).ToDictionary(), stop);
        if (_behind is { Count: 0 } && told.Count == 0) return;
        var listed = await LandedFiles.ListAsync(_blobs, stop);
        foreach (var partition in listed) _store.Positions.Landed(partition.Key, partition.Max(file => file.First));
        if (_behind is null)
        {
            var forgotten = await RowFiles.ReadRowsAsync(_blobs, LandingPath.Forgotten, stop).Select(rows => rows.Lines).ToListAsync(stop);
            await HoldAsync(() => _loader.Learn(forgotten), stop);
            _behind = [.. listed.Select(partition => partition.Key)];
        }

        _behind.UnionWith(told.Keys);
        var failures = new List<Exception>();
        foreach (var partition in _behind.ToArray())
        {
            try
            {
                var upTo = told.GetValueOrDefault(partition);
                await _catchUp.LoadAsync(partition, listed.FirstOrDefault(files => files.Key == partition)?.ToList() ?? [], progress, stop);
                await HoldAsync(() => Finish(partition, upTo), stop);
                _behind.Remove(partition);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One whose files are damaged must not keep the others waiting.
                failures.Add(failure);
            }
        }

        if (failures is [var only]) ExceptionDispatchInfo.Throw(only);
        if (failures.Count > 1) throw new AggregateException(failures);
    }

    /// <summary>Writes all rows in memory into extents.</summary>
    /// <exception cref="IOException">They cannot be written, and stay in memory.</exception>
    public async Task FlushAsync(CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        await _upkeep.FlushAsync(stop);
        _flushed = _time.GetTimestamp();
        _metrics?.Flushed(_time.GetElapsedTime(started, _flushed));
    }

    /// <summary>Merges what is to be merged and drops what is too old.</summary>
    /// <exception cref="IOException">Files cannot be written; everything stays as it was.</exception>
    public async Task TidyAsync(CancellationToken stop)
    {
        while (await _upkeep.MergeAsync(stop))
        {
        }

        if (_options.Retention is { } retention && await _upkeep.DropOlderAsync(_time.GetUtcNow().UtcDateTime - retention, stop) is > 0 and var dropped)
            WarehouseLog.Dropped(_log, dropped, retention);
    }

    /// <summary>Does the work that waits for nobody: catches up, writes, merges, drops. Tries again what fails. At the end it writes once more.</summary>
    /// <param name="stop">Ends it; no unit comes afterwards.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = ShortestPause;
        while (!stop.IsCancellationRequested)
        {
            var isWell = await TryAsync(() => CatchUpAsync(new LoggedProgress(_log, _time), stop), pause, stop)
                & await TryAsync(() => IsDue() ? FlushAsync(stop) : Task.CompletedTask, pause, stop)
                & await TryAsync(() => TidyAsync(stop), pause, stop);
            if (isWell) Problem = null;
            pause = isWell ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, _time, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        if (_store.RowsInMemory > 0) await TryAsync(() => FlushAsync(CancellationToken.None), TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Ends the measuring; what is in memory alone is in the files that landed.</summary>
    public void Dispose() => _metrics?.Dispose();

    // The unit is in files: where it cannot be put in now, it is read from there later, and the pipeline goes on.
    private void Load(WarehouseUnit unit)
    {
        try
        {
            try
            {
                foreach (var batch in unit.Batches) _loader.Add(unit.Partition, batch);
                foreach (var (table, lines) in unit.Rows) _loader.Add(unit.Partition, table, unit.From, unit.UpTo, lines.Span);
                _loader.Finish(unit.Partition, unit.UpTo);
            }
            finally
            {
                // Also what was put in before something failed: rows are seen before they are written.
                _loader.Publish();
            }
        }
        catch (Exception failure)
        {
            _live.Remove(unit.Partition);
            Note(failure, ShortestPause);
        }
    }

    // All ranges that were told before the catching up began are in the store by now; one that was told since is the next one's.
    private bool Finish(PartitionName partition, long upTo)
    {
        if (upTo > 0) _loader.Finish(partition, upTo);
        return _told.GetValueOrDefault(partition) == upTo && _live.Add(partition);
    }

    private async Task<bool> TryAsync(Func<Task> work, TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await work();
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure)
        {
            Note(failure, pause);
            return false;
        }
    }

    private void Note(Exception failure, TimeSpan pause)
    {
        Problem = failure.Message;
        _metrics?.Failed();
        WarehouseLog.Failed(_log, failure, pause);
    }

    private bool IsDue() =>
        _store.RowsInMemory is > 0 and var rows
        && (rows >= _options.FlushRows || _store.BytesInMemory >= _options.FlushBytes || _time.GetElapsedTime(_flushed) >= _options.FlushInterval);

    private async ValueTask MakeRoomAsync(CancellationToken stop)
    {
        if (_store.RowsInMemory >= _options.FlushRows || _store.BytesInMemory >= _options.FlushBytes) await FlushAsync(stop);
    }

    private async Task<T> HoldAsync<T>(Func<T> work, CancellationToken stop)
    {
        await _store.Loading.WaitAsync(stop);
        try
        {
            return work();
        }
        finally
        {
            _store.Loading.Release();
        }
    }
}
