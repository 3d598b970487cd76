namespace Snowplow.Kql.Execution;

/// <summary>What a run of a query shares between its operators; used by several threads.</summary>
/// <param name="options">Limits.</param>
/// <param name="cancellation">Ends the run.</param>
internal sealed class QueryContext(QueryOptions options, CancellationToken cancellation)
{
    private long _memoryBytes;

    public DateTime Now => options.Now;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Options of <c>set</c> statements by name, with their values.</summary>
    public Dictionary<string, object?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Most threads at work; one where the work of a row is set to run in order.</summary>
    public int Workers => Math.Max(1, options.Workers);

    public QueryOptions Options => options;

    /// <summary>Tables and calls that were bound; a let is bound anew wherever it is named.</summary>
    public int BoundTables { get; set; }

    /// <summary>Counts memory that the query holds on to; an error where it is too much.</summary>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _memoryBytes, bytes) > options.MaxMemoryBytes)
        {
            throw new KqlException(
                KqlErrorKind.Limit,
                $"The query needs more than the {options.MaxMemoryBytes >> 20} MiB of memory it may take: filter earlier, group by fewer columns or keep fewer columns (E_LOW_MEMORY_CONDITION)");
        }
    }
}
