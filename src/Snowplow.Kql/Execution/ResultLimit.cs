using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution;

/// <summary>
/// Counts the rows and bytes of a result, and is an error where they are too many, unless <c>set notruncation</c> is on. <c>set truncationmaxrecords</c> and
/// <c>truncationmaxsize</c> are other limits; <c>query_take_max_records</c> and the like cut without an error.
/// </summary>
internal sealed class ResultLimit(QueryContext context)
{
    private readonly bool _isOn = !context.Settings.ContainsKey("notruncation") || context.Settings["notruncation"] is false;
    private readonly long _maxRows = DynamicValue.Long(context.Settings.GetValueOrDefault("truncationmaxrecords")) ?? context.Options.MaxResultRows;
    private readonly long _maxBytes = DynamicValue.Long(context.Settings.GetValueOrDefault("truncationmaxsize")) ?? context.Options.MaxResultBytes;
    private long _rows;
    private long _bytes;

    /// <summary>How many rows <c>set query_take_max_records</c> allows, at least 0; null where it does not stand.</summary>
    public static long? MostTaken(QueryContext context) =>
        DynamicValue.Long(context.Settings.GetValueOrDefault("query_take_max_records")) is { } most ? Math.Max(0, most) : null;

    /// <summary>Counts a batch and gathers its columns.</summary>
    public Batch Count(Batch batch)
    {
        var size = 0L;
        for (var i = 0; i < batch.Schema.Count; i++) size += Size(batch[i]);
        var rows = Interlocked.Add(ref _rows, batch.RowCount);
        var bytes = Interlocked.Add(ref _bytes, size);
        if (!_isOn) context.Reserve(size);
        if (_isOn && rows > _maxRows) throw TooLarge($"more than {_maxRows} rows");
        if (_isOn && bytes > _maxBytes) throw TooLarge($"more than {_maxBytes} bytes");
        return batch;
    }

    /// <summary>Cuts the result to the rows that <c>set query_take_max_records</c> allows.</summary>
    public void Cut(List<Batch> batches)
    {
        if (MostTaken(context) is not { } most) return;
        for (var i = 0; i < batches.Count; i++)
        {
            batches[i] = batches[i].Slice(0, (int)Math.Min(batches[i].RowCount, Math.Max(0, most)));
            most -= batches[i].RowCount;
        }
    }

    private static KqlException TooLarge(string what) =>
        new(KqlErrorKind.Limit, $"The result has {what} (E_QUERY_RESULT_SET_TOO_LARGE): summarize or take fewer, or put 'set notruncation;' before the query");

    private static long Size(Column column)
    {
        if (column is not StringColumn strings) return column.Length * (column.Type == KqlType.Dynamic ? 32L : 8L);
        var size = 0L;
        for (var i = 0; i < column.Length; i++) size += strings.Utf8(i).Length;
        return size;
    }
}
