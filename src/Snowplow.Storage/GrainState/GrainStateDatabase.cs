using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Snowplow.Storage.GrainState;

/// <summary>The SQLite file of grain states: its table and how connections to it are tuned.</summary>
/// <remarks>
/// <code>
/// grain_state
///   grain  TEXT     the grain's id, type/key
///   state  TEXT     the state's name within the grain
///   etag   INTEGER  changes with every write and never comes back, see <see cref="NextEpoch"/>
///   json   BLOB     the state as UTF-8 JSON
/// </code>
/// </remarks>
internal sealed class GrainStateDatabase(SqliteGrainStorageOptions options)
{
    // States are about a kilobyte: some fifteen share a page, and a group of writes puts each page into the log once. Of 4, 8 and 16
    // KiB the last wrote most per second, by half again; a table WITHOUT ROWID made no difference.
    private const int PageSizeBytes = 16384;

    // 64 MiB of log: pages rewritten between two checkpoints go to the database once. A quarter of it wrote half as much.
    private const int CheckpointAfterPages = 4096;

    public string Path => options.Path;

    /// <summary>Opens the writing connection, making the table where it is missing.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is no database.</exception>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA page_size = {PageSizeBytes};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {(options.SurvivesPowerLoss ? "FULL" : "NORMAL")};
            PRAGMA wal_autocheckpoint = {CheckpointAfterPages};
            PRAGMA cache_size = {-options.CacheSizeBytes / 1024};
            PRAGMA temp_store = MEMORY;
            CREATE TABLE IF NOT EXISTS grain_state (
              grain TEXT NOT NULL, state TEXT NOT NULL, etag INTEGER NOT NULL, json BLOB NOT NULL, UNIQUE (grain, state)
            ) STRICT;
            """));
        return connection;
    }

    /// <summary>Opens a reading connection.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is no database.</exception>
    public SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only = ON; PRAGMA mmap_size = 1073741824;");
        return connection;
    }

    /// <summary>Counts the openings of the file, so that ETags of one are never those of another.</summary>
    public static long NextEpoch(SqliteConnection writer)
    {
        Execute(writer, "BEGIN IMMEDIATE");
        using var read = writer.CreateCommand();
        read.CommandText = "PRAGMA user_version";
        var epoch = (long)read.ExecuteScalar()! + 1;
        Execute(writer, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {epoch}; COMMIT"));
        return epoch;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants and numbers in this file and its callers.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = mode,
            // Connections are kept here, for good; a pool would keep the file open after we close it.
            Pooling = false,
            // For commands, in whole seconds of at least one; prepared statements go by busy_timeout.
            DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
