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
        Held = new Held(this);
    }

    public DateTime Now => _options.Now;

    public CancellationToken Cancellation => _cancellation;

    /// <summary>Options of <c>set</c> statements by name, with their values.</summary>
    public Dictionary<string, object?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Most threads at work; one where the work of a row is set to run in order.</summary>
    public int Workers => Math.Max(1, _options.Workers);

    public QueryOptions Options => _options;

    /// <summary>Tables and calls that were bound; a let is bound anew wherever it is named.</summary>
    public int BoundTables { get; set; }

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
