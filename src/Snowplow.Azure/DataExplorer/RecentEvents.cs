using System.Buffers;
using System.Threading.Channels;
using Azure.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Snowplow.Events.Enriched;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// Streams events that have landed into the table <c>events_recent</c>, where queries (<c>events_live</c>) see them within seconds. Nothing waits
/// for it, and what it leaves out is not lost: the loader brings each event for good, once, after its checkpoint.
/// </summary>
/// <param name="http">Sends requests to the cluster.</param>
/// <param name="credential">Signs in; null for an emulator.</param>
/// <param name="options">Cluster and database.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of failures.</param>
public sealed class RecentEvents(HttpClient http, TokenCredential? credential, DataExplorerOptions options, TimeProvider time, ILogger<RecentEvents> log) : BackgroundService
{
    /// <summary>The most bytes of events that wait; what comes beyond it is left out.</summary>
    internal const int MostWaitingBytes = 32 << 20;

    // Data Explorer takes 4 MB a request. Lines are taken in pieces, and quotes may double one.
    private const int PieceBytes = 512 << 10;
    private const int FullBytes = 1 << 20;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly KustoClient _kusto = new(http, options, credential);
    private readonly Channel<EnrichedBatch> _waiting = Channel.CreateUnbounded<EnrichedBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ArrayBufferWriter<byte> _csv = new(FullBytes);
    private long _waitingBytes;
    private int _events;

    /// <summary>Takes a batch that has landed, at once; where too many wait already it is left out.</summary>
    public void Add(EnrichedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0) return;
        if (Interlocked.Add(ref _waitingBytes, batch.Text.Length) > MostWaitingBytes)
        {
            Interlocked.Add(ref _waitingBytes, -batch.Text.Length);
            DataExplorerMetrics.NotStreamed(batch.Count);
            return;
        }

        _waiting.Writer.TryWrite(batch);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var batch in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            for (var text = batch.Text; !text.IsEmpty;)
            {
                var piece = text[..EndOfPiece(text.Span)];
                text = text[piece.Length..];
                CsvLines.Write(piece.Span, _csv);
                _events += piece.Span.Count((byte)'\n');
                if (_csv.WrittenCount >= FullBytes) await SendAsync(stoppingToken);
            }

            Interlocked.Add(ref _waitingBytes, -batch.Text.Length);
            if (_csv.WrittenCount > 0 && !_waiting.Reader.TryPeek(out _)) await SendAsync(stoppingToken);
        }
    }

    // As many lines as are small, one at least.
    private static int EndOfPiece(ReadOnlySpan<byte> text)
    {
        if (text.Length <= PieceBytes) return text.Length;
        var end = text[..PieceBytes].LastIndexOf((byte)'\n');
        return 1 + (end >= 0 ? end : text.IndexOf((byte)'\n'));
    }

    private async Task SendAsync(CancellationToken stop)
    {
        try
        {
            await _kusto.StreamAsync("events_recent", "enriched_tsv", _csv.WrittenMemory, stop);
            DataExplorerMetrics.Streamed(_events);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // Whatever it is: a service that ends would end the silo.
            DataExplorerMetrics.NotStreamed(_events);
            log.LogWarning(failure, "Data Explorer: {Count} events could not be streamed, and come with the next load; more are tried in {Pause}", _events, PauseAfterFailure);
            await Task.Delay(PauseAfterFailure, time, stop);
        }

        _csv.ResetWrittenCount();
        _events = 0;
    }
}
