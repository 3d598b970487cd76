using Microsoft.Data.Sqlite;

namespace Snowplow.Storage.GrainState;

/// <summary>A connection that reads states. Used by one thread at a time.</summary>
internal sealed class StateReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _select;

    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    public StateReader(GrainStateDatabase database)
    {
        _connection = database.OpenReader();
        _select = new PreparedStatement(_connection, "SELECT etag, json FROM grain_state WHERE grain = ?1 AND state = ?2");
    }

    /// <summary>Reads a state's stored JSON within <paramref name="parse"/>.</summary>
    /// <returns>The ETag and what <paramref name="parse"/> made of the JSON; null where nothing is stored.</returns>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public (long ETag, T Value)? Read<T>(ReadOnlySpan<byte> grain, ReadOnlySpan<byte> state, Func<ReadOnlySpan<byte>, T> parse)
    {
        try
        {
            if (!_select.Text(1, grain).Text(2, state).Step()) return null;
            return (_select.Integer(0), parse(_select.Blob(1)));
        }
        finally
        {
            _select.Reset();
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _connection.Dispose();
    }
}
