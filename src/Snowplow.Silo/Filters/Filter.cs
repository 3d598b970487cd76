namespace Snowplow.Silo.Filters;

/// <summary>Runs one input through workers to standard output and the outputs beside it, as all filters do.</summary>
/// <param name="workers">The workers. Owned by the caller.</param>
/// <param name="output">Where good lines go.</param>
/// <param name="bad">Where bad rows go.</param>
/// <param name="failed">Where failed events go; null where nobody asked for them.</param>
internal sealed class Filter(IReadOnlyList<IBatchWorker> workers, Stream output, Stream bad, Stream? failed)
{
    /// <summary>Workers that use this machine well: one a core, few enough that reading and writing keep up.</summary>
    public static int WorkerCount => Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Lines written to the output.</summary>
    public long GoodCount { get; private set; }

    /// <summary>Bad rows written.</summary>
    public long BadCount { get; private set; }

    /// <summary>Runs to the end of the input; false where nobody reads the output any more.</summary>
    /// <exception cref="InvalidDataException">The input cannot be taken apart; what precedes has been written.</exception>
    /// <exception cref="OperationCanceledException">Told to stop; what had been read has been written.</exception>
    public async Task<bool> RunAsync(RecordReader reader, CancellationToken stop)
    {
        try
        {
            await new OrderedFilter(workers).RunAsync(reader, Write, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            return true;
        }
        catch (ReaderGoneException)
        {
            return false;
        }
    }

    private void Write(FilterOutput batch)
    {
        bad.Write(batch.Bad.WrittenSpan);
        bad.Flush();
        failed?.Write(batch.Failed.WrittenSpan);
        failed?.Flush();
        output.Write(batch.Good.WrittenSpan);
        output.Flush();
        GoodCount += batch.GoodCount;
        BadCount += batch.BadCount;
    }
}
