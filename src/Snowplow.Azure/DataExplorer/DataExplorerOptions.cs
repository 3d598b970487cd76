using System.Buffers;

namespace Snowplow.Azure.DataExplorer;

/// <summary>Where analysts' tables are. Configuration section <c>Azure:Kusto</c>.</summary>
public sealed record DataExplorerOptions
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("'\"[]\r\n");

    /// <summary>The section's name.</summary>
    public const string Section = "Azure:Kusto";

    /// <summary>The cluster's URI, such as <c>https://name.region.kusto.windows.net</c>; of the emulator <c>http://…:8080</c>.</summary>
    public Uri? Cluster { get; init; }

    /// <summary>The database. Default <c>snowplow</c>.</summary>
    public string Database { get; init; } = "snowplow";

    /// <summary>
    /// The time between loads. Each makes a new extent for each table, which the cluster merges later, so shorter ones cost it work.
    /// Default 30 s.
    /// </summary>
    public TimeSpan LoadInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether events are streamed, too, into <c>events_recent</c>: <c>events_live</c> sees them some seconds after they came, before the checkpoint
    /// and the load. The cluster must have streaming ingestion on, and reads the text of each event twice. Default false.
    /// </summary>
    public bool StreamEvents { get; init; }

    /// <summary>
    /// How the cluster signs in to the blobs, as it stands behind a blob's URI in Data Explorer's storage connection strings. Default: with
    /// its own managed identity. Of emulators: <c>;</c> and the account's key.
    /// </summary>
    public string BlobAccess { get; init; } = ";managed_identity=system";

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Cluster is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            yield return $"{Section}:Cluster must be the URI of a Data Explorer cluster, such as https://name.region.kusto.windows.net.";
        if (string.IsNullOrWhiteSpace(Database) || Database.AsSpan().ContainsAny(NotInNames))
            yield return $"{Section}:Database must name the database, without quotes and brackets.";
        if (LoadInterval < TimeSpan.FromSeconds(1) || LoadInterval > TimeSpan.FromHours(1))
            yield return $"{Section}:LoadInterval must be 00:00:01 to 01:00:00, but is {LoadInterval}.";
        if (BlobAccess.AsSpan().ContainsAny(NotInNames)) yield return $"{Section}:BlobAccess may have no quotes and no brackets.";
        if (BlobAccess is not "" && !BlobAccess.StartsWith(';') && !BlobAccess.StartsWith('?'))
            yield return $"{Section}:BlobAccess must begin with ';' or '?': it stands behind the URI of a blob, such as ';managed_identity=system'.";
    }
}
