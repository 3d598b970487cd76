using System.Globalization;
using Azure.Core;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Producer;
using Microsoft.Extensions.Logging;
using Snowplow.Streams;

namespace Snowplow.Azure.EventHubs;

/// <summary>The clients of a hub, and what all its partitions share. Thread-safe.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    /// <summary>Bytes of all partitions that may wait for the hub.</summary>
    public const long MaxBytesOnTheirWay = 64L << 20;

    // Of the tiers Standard and Premium.
    private const int UsualMessageBytes = 1 << 20;

    // Trackers wait for the answer, and load balancers do not wait for ever: with all that the client tries again.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(12);

    private static readonly EventHubsRetryOptions SendRetries = new()
    {
        TryTimeout = TimeSpan.FromSeconds(5), MaximumRetries = 2, Delay = TimeSpan.FromMilliseconds(200), MaximumDelay = TimeSpan.FromSeconds(2),
    };

    // The reader tries again by itself.
    private static readonly PartitionReceiverOptions Receiving = new()
    {
        OwnerLevel = 0, PrefetchCount = 2000, PrefetchSizeInBytes = 4 << 20, TrackLastEnqueuedEventProperties = false,
        RetryOptions = new EventHubsRetryOptions { TryTimeout = TimeSpan.FromSeconds(30), MaximumRetries = 0 },
    };

    private readonly string _consumerGroup;
    private readonly EventHubConnection _reading;
    private readonly EventHubConnection _writing;
    private readonly EventHubProducerClient _producer;

    /// <summary>Nothing is connected before it is needed. What is read and what is written go over a connection each.</summary>
    public HubClient(EventHubsOptions options, TokenCredential credential, TimeProvider time, ILogger log)
    {
        _consumerGroup = options.ConsumerGroup;
        _reading = Connect(options, credential);
        _writing = Connect(options, credential);
        _producer = new EventHubProducerClient(_writing, new EventHubProducerClientOptions { RetryOptions = SendRetries });
        Name = _producer.EventHubName;
        Namespace = _producer.FullyQualifiedNamespace;
        Time = time;
        Log = log;
    }

    /// <summary>The hub's name.</summary>
    public string Name { get; }

    /// <summary>The host name of its namespace.</summary>
    public string Namespace { get; }

    /// <summary>The clock, for pauses after failures.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where failures and recoveries are told.</summary>
    public ILogger Log { get; }

    /// <summary>Bytes that may wait for the hub.</summary>
    public ByteBudget OnTheirWay { get; } = new(MaxBytesOnTheirWay);

    /// <summary>The hub as it describes itself.</summary>
    /// <exception cref="IOException">It cannot be asked.</exception>
    public async ValueTask<EventHubProperties> GetPropertiesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _producer.GetEventHubPropertiesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The hub '{Name}' of {Namespace} cannot be read", failure);
        }
    }

    /// <summary>Bytes that a message may have, and so a batch.</summary>
    /// <exception cref="IOException">The hub does not take a link.</exception>
    public async ValueTask<int> GetMaxMessageSizeBytesAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var batch = await _producer.CreateBatchAsync(cancellationToken).ConfigureAwait(false);
            return (int)Math.Min(batch.MaximumSizeInBytes, PartitionSender.MaxPartitionBytes);
        }
        catch (UnauthorizedAccessException)
        {
            // A process that only reads.
            return UsualMessageBytes;
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The hub '{Name}' of {Namespace} takes no link for sending", failure);
        }
    }

    /// <summary>The position that the next record of a partition will get.</summary>
    /// <exception cref="IOException">The hub cannot be asked.</exception>
    public async ValueTask<long> GetEndAsync(int partition, CancellationToken cancellationToken)
    {
        try
        {
            // −1 where there never was a record.
            return (await _producer.GetPartitionPropertiesAsync(Id(partition), cancellationToken).ConfigureAwait(false)).LastEnqueuedSequenceNumber + 1;
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The end of partition {partition} of the hub '{Name}' cannot be read", failure);
        }
    }

    /// <summary>An empty batch, as large as the hub takes it.</summary>
    public async ValueTask<EventDataBatch> CreateBatchAsync(CreateBatchOptions options)
    {
        using var deadline = new CancellationTokenSource(AnswerTime, Time);
        try
        {
            return await _producer.CreateBatchAsync(options, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw NoAnswer(late);
        }
    }

    /// <summary>Completes when the hub has acknowledged the batch.</summary>
    public async ValueTask SendAsync(EventDataBatch batch)
    {
        using var deadline = new CancellationTokenSource(AnswerTime, Time);
        try
        {
            await _producer.SendAsync(batch, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw NoAnswer(late);
        }
    }

    /// <summary>
    /// A reader that begins at a position, and throws off any other of its partition. The service refuses the number of a record that is
    /// yet to come, but not to begin behind the last one.
    /// </summary>
    public PartitionReceiver Receive(int partition, long position) => new(
        _consumerGroup, Id(partition), position == 0 ? EventPosition.Earliest : EventPosition.FromSequenceNumber(position - 1, isInclusive: false), _reading, Receiving);

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _producer.DisposeAsync().ConfigureAwait(false);
        await _writing.DisposeAsync().ConfigureAwait(false);
        await _reading.DisposeAsync().ConfigureAwait(false);
    }

    private static EventHubConnection Connect(EventHubsOptions options, TokenCredential credential) => options.ConnectionString is { } emulator
        ? new EventHubConnection(emulator, EventHubsConnectionStringProperties.Parse(emulator).EventHubName is null ? options.Hub : null)
        : new EventHubConnection(options.Namespace, options.Hub, credential);

    private static string Id(int partition) => partition.ToString(CultureInfo.InvariantCulture);

    private static TimeoutException NoAnswer(Exception late) => new($"no answer within {AnswerTime.TotalSeconds:0} seconds", late);
}
