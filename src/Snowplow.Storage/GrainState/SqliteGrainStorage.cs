using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace Snowplow.Storage.GrainState;

/// <summary>
/// Grain states in a SQLite file, as JSON. Writes that come together share one transaction; a write is answered when it is durable.
/// </summary>
/// <remarks>
/// ETags are numbers that never repeat within a file, not even after a state was cleared: the number of the file's opening in the
/// upper bits, a count in the lower ones. A write whose ETag does not hold fails alone. When the database cannot be written, the
/// writes of that moment fail with <see cref="GrainStateUnavailableException"/>, and the next ones try afresh.
/// </remarks>
public sealed class SqliteGrainStorage : IGrainStorage, IDisposable
{
    private const int CountBits = 40;

    private readonly JsonSerializerOptions _json;
    private readonly GrainStateDatabase _database;
    private readonly StateWriter _writer;
    private readonly SemaphoreSlim _readSlots;
    private readonly ConcurrentBag<StateReader> _readers = [];
    private readonly ConcurrentDictionary<string, byte[]> _stateNames = new(StringComparer.Ordinal);
    private long _etag;

    /// <summary>Opens the file, making it where it is missing.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="json">How states become JSON; its resolver knows the state types.</param>
    /// <exception cref="GrainStateUnavailableException">The file cannot be opened, or is no database.</exception>
    public SqliteGrainStorage(SqliteGrainStorageOptions options, JsonSerializerOptions json)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(json);
        _json = json;
        _database = new GrainStateDatabase(options);
        _readSlots = new SemaphoreSlim(options.Readers);
        try
        {
            _writer = new StateWriter(_database);
        }
        catch (SqliteException exception)
        {
            throw new GrainStateUnavailableException($"The database of grain states {options.Path} cannot be opened: {exception.Message}", exception);
        }

        _etag = _writer.Epoch << CountBits;
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        await _readSlots.WaitAsync();
        try
        {
            var stored = Read(stateName, grainId, (JsonTypeInfo<T>)_json.GetTypeInfo(typeof(T)));
            grainState.State = stored is { } found ? found.Value : Activator.CreateInstance<T>();
            grainState.ETag = stored is { } version ? Format(version.ETag) : null;
            grainState.RecordExists = stored is not null;
        }
        finally
        {
            _readSlots.Release();
        }
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State!, (JsonTypeInfo<T>)_json.GetTypeInfo(typeof(T)));
        var etag = await WriteAsync("write", stateName, grainId, json, grainState.ETag);
        grainState.ETag = Format(etag);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        await WriteAsync("clear", stateName, grainId, json: null, grainState.ETag);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <summary>The keys of all grains that have a state of a name.</summary>
    public IReadOnlyList<string> KeysOf(string stateName)
    {
        using var connection = _database.OpenReader();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT grain FROM grain_state WHERE state = $state";
        select.Parameters.AddWithValue("$state", stateName);
        using var rows = select.ExecuteReader();
        var keys = new List<string>();
        while (rows.Read()) keys.Add(rows.GetString(0)[(rows.GetString(0).IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return keys;
    }

    /// <summary>Deletes all states but those of these names. For tools: no grain may be at work.</summary>
    public void DeleteAllBut(params ReadOnlySpan<string> stateNames)
    {
        using var connection = _database.OpenWriter();
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM grain_state WHERE state NOT IN (SELECT value FROM json_each($states)); VACUUM";
        delete.Parameters.AddWithValue("$states", JsonSerializer.Serialize(stateNames.ToArray()));
        delete.ExecuteNonQuery();
    }

    /// <summary>Takes what was deleted out of the file, and all of its log with it. For tools: no grain may be at work.</summary>
    public void Compact()
    {
        using var connection = _database.OpenWriter();
        GrainStateDatabase.Execute(connection, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Writes what is pending and closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        foreach (var reader in _readers) reader.Dispose();
        _readSlots.Dispose();
    }

    private async Task<long> WriteAsync(string operation, string stateName, GrainId grainId, byte[]? json, string? etag)
    {
        long? expected = etag is null ? null : long.Parse(etag, NumberStyles.None, CultureInfo.InvariantCulture);
        var write = new StateWrite(Utf8(grainId), Utf8(stateName), json, expected, Interlocked.Increment(ref _etag));
        if (await _writer.WriteAsync(write)) return write.ETag;
        throw new InconsistentStateException(
            $"Another version of state {stateName} of grain {grainId} is stored: the {operation} was refused.", StoredETag(stateName, grainId), etag);
    }

    private (long ETag, T Value)? Read<T>(string stateName, GrainId grainId, JsonTypeInfo<T> type)
    {
        StateReader? reader = null;
        try
        {
            if (!_readers.TryTake(out reader)) reader = new StateReader(_database);
            var stored = reader.Read(Utf8(grainId), Utf8(stateName), json => JsonSerializer.Deserialize(json, type)!);
            _readers.Add(reader);
            reader = null;
            return stored;
        }
        catch (SqliteException exception)
        {
            throw new GrainStateUnavailableException(
                $"State {stateName} of grain {grainId} cannot be read from {_database.Path}: {exception.Message}", exception);
        }
        finally
        {
            // One that failed is not used again.
            reader?.Dispose();
        }
    }

    // For the message of a conflict only; the state may have changed again.
    private string? StoredETag(string stateName, GrainId grainId)
    {
        try
        {
            using var reader = new StateReader(_database);
            return reader.Read(Utf8(grainId), Utf8(stateName), static _ => true) is { } stored ? Format(stored.ETag) : null;
        }
        catch (SqliteException)
        {
            // The conflict is what the caller must learn; which version is stored is only for reading.
            return null;
        }
    }

    private static string Format(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private byte[] Utf8(string stateName) => _stateNames.GetOrAdd(stateName, Encoding.UTF8.GetBytes);

    private static byte[] Utf8(GrainId grainId)
    {
        var type = grainId.Type.AsSpan();
        var key = grainId.Key.AsSpan();
        var id = new byte[type.Length + 1 + key.Length];
        type.CopyTo(id);
        id[type.Length] = (byte)'/';
        key.CopyTo(id.AsSpan(type.Length + 1));
        return id;
    }
}
