namespace Snowplow.Kql.Execution;

/// <summary>What a run of a query shares between its operators; used by several threads.</summary>
internal sealed class QueryContext
{
    private readonly QueryOptions _options;
    private readonly CancellationToken _cancellation;
    private long _memoryBytes;

    /// <summary>A run.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Ends it.</param>
    public QueryContext(QueryOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        Settings = new(options.Settings, StringComparer.Ordinal);
        Held = new Held(this);
    }

    /// <summary>What <c>now()</c> gives: <c>set query_now</c>, or the time at which the query was asked.</summary>
    public DateTime Now => Settings.GetValueOrDefault("query_now") is DateTime time ? time : _options.Now;

    public CancellationToken Cancellation => _cancellation;

    /// <summary>Request properties by name, with their values: those of the options, and those of <c>set</c> statements over them.</summary>
    public Dictionary<string, object?> Settings { get; }

    /// <summary>Most threads at work; one where the work of a row is set to run in order.</summary>
    public int Workers => Math.Max(1, _options.Workers);

    public QueryOptions Options => _options;

    /// <summary>Tables and calls that were bound; a let is bound anew wherever it is named.</summary>
    public int BoundTables { get; set; }

    /// <summary>Expressions and operators by chance that were bound.</summary>
    public int RandomExpressions { get; set; }

    /// <summary>The columns that operators keep.</summary>
    public Held Held { get; }

    /// <summary>Counts memory that the query holds on to; an error where it is too much.</summary>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _memoryBytes, bytes) > _options.MaxMemoryBytes)
        {
            throw new KqlException(
                KqlErrorKind.Limit,
                $"The query needs more than the {_options.MaxMemoryBytes >> 20} MiB of memory it may take: filter earlier, group by fewer columns or keep fewer columns (E_LOW_MEMORY_CONDITION)");
        }
    }

    /// <summary>Gives back memory that is no longer held.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _memoryBytes, -bytes);
}
