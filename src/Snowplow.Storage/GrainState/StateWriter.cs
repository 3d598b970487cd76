using Microsoft.Data.Sqlite;

namespace Snowplow.Storage.GrainState;

/// <summary>
/// The thread that writes states. What arrives while a transaction is under way forms the next one, so that many writes share one
/// commit; each caller hears of its own after that commit.
/// </summary>
internal sealed class StateWriter : IDisposable
{
    // Bounds a transaction, and with it the wait of the first caller in it.
    private const int LargestGroup = 4096;

    private readonly GrainStateDatabase _database;
    private readonly object _lock = new();
    private readonly Thread _thread;
    private List<StateWrite> _pending = [];
    private List<StateWrite> _group = [];
    private StateWriterConnection? _connection;
    private bool _stopping;

    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    public StateWriter(GrainStateDatabase database)
    {
        _database = database;
        _connection = new StateWriterConnection(database);
        Epoch = _connection.Epoch;
        _thread = new Thread(Run) { Name = "grain state writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Number of this opening of the database; the upper half of its ETags.</summary>
    public long Epoch { get; }

    public Task<bool> WriteAsync(StateWrite write)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _pending.Add(write);
            if (_pending.Count == 1) Monitor.Pulse(_lock);
        }

        return write.Task;
    }

    /// <summary>Writes what is pending, then closes the database.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.Pulse(_lock);
        }

        _thread.Join();
        _connection?.Dispose();
    }

    private void Run()
    {
        while (TakePending())
        {
            for (var start = 0; start < _group.Count; start += LargestGroup)
                WriteGroup(_group.GetRange(start, Math.Min(LargestGroup, _group.Count - start)));
            _group.Clear();
        }
    }

    private bool TakePending()
    {
        lock (_lock)
        {
            while (_pending.Count == 0)
            {
                if (_stopping) return false;
                Monitor.Wait(_lock);
            }

            (_pending, _group) = (_group, _pending);
            return true;
        }
    }

    private void WriteGroup(List<StateWrite> group)
    {
        try
        {
            // After a failure the connection is a new one: whatever was wrong with the old one is gone with it.
            _connection ??= new StateWriterConnection(_database);
            _connection.Write(group);
        }
        catch (SqliteException exception)
        {
            _connection?.Dispose();
            _connection = null;
            var unavailable = new GrainStateUnavailableException(
                $"Grain states cannot be written to {_database.Path}: {exception.Message}", exception);
            foreach (var write in group) write.TrySetException(unavailable);
            return;
        }

        foreach (var write in group) write.TrySetResult(write.Held);
    }
}
