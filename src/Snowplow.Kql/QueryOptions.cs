using Snowplow.Kql.Files;

namespace Snowplow.Kql;

/// <summary>Limits and the like of a query. A query's own <c>set</c> statements go before them.</summary>
public sealed record QueryOptions
{
    /// <summary>The time that <c>now()</c> gives.</summary>
    public DateTime Now { get; init; } = DateTime.UtcNow;

    /// <summary>Most threads at work; at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Most bytes that the query's hash tables, sorted rows and lists may take, about.</summary>
    public long MaxMemoryBytes { get; init; } = 4L << 30;

    /// <summary>Most rows of a result.</summary>
    public long MaxResultRows { get; init; } = 500_000;

    /// <summary>Most bytes of a result, about.</summary>
    public long MaxResultBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Reads a user agent for <c>parse_user_agent</c>: a bag of <c>Browser</c>, <c>OperatingSystem</c> and <c>Device</c>, each a bag of texts. May be called by several
    /// threads at once. Without it there is no such function.
    /// </summary>
    public Func<string, Data.Bag>? ReadUserAgent { get; init; }

    /// <summary>Values of <c>declare query_parameters</c> by name: KQL literals, or the text itself for strings.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Request properties by name, as if <c>set</c> statements stood before the query: <c>notruncation</c>, <c>truncationmaxrecords</c>. Unknown ones do nothing.</summary>
    public IReadOnlyDictionary<string, object?> Settings { get; init; } = new Dictionary<string, object?>();

    /// <summary>Opens the files that <c>externaldata</c> names; null where there are none.</summary>
    public OpenFile? OpenFile { get; init; }

    /// <summary>Writes the files that <c>.export</c> names; null where none may be written.</summary>
    public WriteFile? WriteFile { get; init; }
}
