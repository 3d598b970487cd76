using Microsoft.Data.Sqlite;

namespace Snowplow.Storage.GrainState;

/// <summary>The one connection that writes, with its statements. Used by one thread.</summary>
internal sealed class StateWriterConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _begin;
    private readonly PreparedStatement _commit;
    private readonly PreparedStatement _rollback;
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _update;
    private readonly PreparedStatement _delete;
    private readonly PreparedStatement _find;

    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    public StateWriterConnection(GrainStateDatabase database)
    {
        _connection = database.OpenWriter();
        try
        {
            Epoch = GrainStateDatabase.NextEpoch(_connection);
            _begin = new PreparedStatement(_connection, "BEGIN IMMEDIATE");
            _commit = new PreparedStatement(_connection, "COMMIT");
            _rollback = new PreparedStatement(_connection, "ROLLBACK");
            _insert = new PreparedStatement(
                _connection, "INSERT INTO grain_state (grain, state, etag, json) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
            _update = new PreparedStatement(
                _connection, "UPDATE grain_state SET etag = ?3, json = ?4 WHERE grain = ?1 AND state = ?2 AND etag = ?5");
            _delete = new PreparedStatement(_connection, "DELETE FROM grain_state WHERE grain = ?1 AND state = ?2 AND etag = ?3");
            _find = new PreparedStatement(_connection, "SELECT 1 FROM grain_state WHERE grain = ?1 AND state = ?2");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Number of this opening of the database; the upper half of its ETags.</summary>
    public long Epoch { get; }

    /// <summary>Writes all of the group in one transaction; writes whose ETag does not hold are left out of it.</summary>
    /// <exception cref="SqliteException">Nothing of the group is written.</exception>
    public void Write(IReadOnlyList<StateWrite> group)
    {
        _begin.Execute();
        try
        {
            foreach (var write in group) write.Held = Write(write);
            _commit.Execute();
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in (PreparedStatement?[])[_begin, _commit, _rollback, _insert, _update, _delete, _find]) statement?.Dispose();
        _connection.Dispose();
    }

    private bool Write(StateWrite write)
    {
        if (write.Json is null)
        {
            if (write.Expected is null) return !Exists(write);
            return _delete.Text(1, write.Grain).Text(2, write.State).Integer(3, write.Expected.Value).Execute() == 1;
        }

        return write.Expected is { } expected
            ? Bind(_update, write).Integer(5, expected).Execute() == 1
            : Bind(_insert, write).Execute() == 1;
    }

    private static PreparedStatement Bind(PreparedStatement statement, StateWrite write) =>
        statement.Text(1, write.Grain).Text(2, write.State).Integer(3, write.ETag).Blob(4, write.Json);

    private bool Exists(StateWrite write)
    {
        var exists = _find.Text(1, write.Grain).Text(2, write.State).Step();
        _find.Reset();
        return exists;
    }

    private void RollBack()
    {
        try
        {
            _rollback.Execute();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does on a full disk.
        }
    }
}
