using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Snowplow.Silo.Filters;

/// <summary>
/// Runs batches through workers side by side and writes what comes of them in the order of the input, each as soon as its turn
/// has come. At most twice as many batches as workers are in memory.
/// </summary>
internal sealed class OrderedFilter(IReadOnlyList<IBatchWorker> workers)
{
    private readonly Channel<IBatchWorker> _idle = Channel.CreateUnbounded<IBatchWorker>();
    private readonly Channel<Task<FilterOutput>> _running = Channel.CreateBounded<Task<FilterOutput>>(workers.Count);
    private readonly ConcurrentBag<FilterOutput> _outputs = [];

    /// <summary>Runs to the end of the input, or until told to stop: then what has been read is finished and written.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="write">Writes one batch's output.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task RunAsync(RecordReader reader, Action<FilterOutput> write, CancellationToken stop)
    {
        foreach (var worker in workers) _idle.Writer.TryWrite(worker);
        using var abort = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, abort.Token);
        var reading = ReadAllAsync(reader, end.Token, abort.Token);
        try
        {
            await foreach (var batch in _running.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                var output = await batch.ConfigureAwait(false);
                write(output);
                output.Clear();
                _outputs.Add(output);
            }
        }
        catch
        {
            // The output is closed, or a worker failed: nobody needs more. Who called may dispose of the workers, so they must rest.
            await abort.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (var resting = 0; resting < workers.Count; resting++) await _idle.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await reading.ConfigureAwait(false);
    }

    private async Task ReadAllAsync(RecordReader reader, CancellationToken end, CancellationToken abort)
    {
        try
        {
            while (await reader.ReadAsync(end).ConfigureAwait(false) is { } batch)
            {
                var worker = await _idle.Reader.ReadAsync(abort).ConfigureAwait(false);
                await _running.Writer.WriteAsync(Task.Run(() => ProcessAsync(worker, batch), CancellationToken.None), abort).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Asked to end: what was read goes its way.
        }
        finally
        {
            _running.Writer.Complete();
        }
    }

    private async Task<FilterOutput> ProcessAsync(IBatchWorker worker, RecordBatch batch)
    {
        var output = _outputs.TryTake(out var used) ? used : new FilterOutput();
        try
        {
            using (batch) await worker.ProcessAsync(batch, output).ConfigureAwait(false);
            return output;
        }
        finally
        {
            _idle.Writer.TryWrite(worker);
        }
    }
}
