namespace Snowplow.Silo.Filters;

/// <summary>Turns batches of records into output. Used by one batch at a time; several workers run side by side.</summary>
internal interface IBatchWorker : IDisposable
{
    /// <summary>Processes one batch.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="output">Empty; receives what becomes of them, in their order.</param>
    ValueTask ProcessAsync(RecordBatch batch, FilterOutput output);
}
