using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Azure.Amqp;
using Microsoft.Extensions.Logging;
using Snowplow.Azure.EventHubs;
using Snowplow.Azure.Tests.EventHubs.Broker;

namespace Snowplow.Azure.Tests.EventHubs;

public sealed class EventHubsReadTests : IAsyncLifetime
{
    private readonly TestHub _hub = new(1);

    private EventHubsRawStream Stream { get; set; } = null!;

    public async Task InitializeAsync() => Stream = await _hub.OpenAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Read_OfRecordsOfSnowplowsCollector_HasNoPayloadId()
    {
        _hub.Put("thrift");
        (await Stream.ReadAsync(0, 0, 1000, _hub.Timeout)).ShouldHaveSingleItem().PayloadId.ShouldBeNull();
    }

    [Fact]
    public async Task Read_OfARecordWithAKafkaHeader_HasItsPayloadId()
    {
        var id = Guid.NewGuid();
        _hub.Partition.Append([new StoredEvent([1], null, new Dictionary<string, object> { ["payload_id"] = new ArraySegment<byte>(Encoding.ASCII.GetBytes($"{id}")) })]);
        (await Stream.ReadAsync(0, 0, 1000, _hub.Timeout)).ShouldHaveSingleItem().PayloadId.ShouldBe(id);
    }

    [Fact]
    public async Task Read_OfWhatRetentionHasTaken_BeginsWithWhatIsLeft()
    {
        _hub.Put("0", "1", "2", "3", "4");
        (await _hub.ReadAsync(Stream, 0, 1)).ShouldBe([(0, "0")]);
        _hub.Partition.Forget(3);
        _hub.Broker.DropConnections();

        await using var other = await _hub.OpenAsync();

        (await _hub.ReadAsync(other, 1)).ShouldBe([(3, "3"), (4, "4")]);
        (await other.GetEndAsync(0, _hub.Timeout)).ShouldBe(5);
    }

    [Fact]
    public async Task Read_OfAPartitionThatRetentionHasEmptied_GoesOnAtItsEnd()
    {
        _hub.Put("0", "1");
        _hub.Partition.Forget(2);
        (await Stream.GetEndAsync(0, _hub.Timeout)).ShouldBe(2);
        var read = _hub.ReadAsync(Stream, 2);
        await _hub.UntilAsync(() => _hub.Partition.Readers == 1, "the reader waits");

        _hub.Put("2");

        (await read).ShouldBe([(2, "2")]);
    }

    [Fact]
    public async Task Read_WhenAnotherProcessTakesThePartition_EndsAndTheOtherGoesOn()
    {
        await using var other = await _hub.OpenAsync();
        var former = _hub.ReadAsync(Stream, 0);
        await _hub.UntilAsync(() => _hub.Partition.Readers == 1, "the first reader waits");

        var later = _hub.ReadAsync(other, 0);

        (await Should.ThrowAsync<IOException>(former)).Message.ShouldContain("Another reader has taken partition 0 of the hub 'raw'");
        _hub.Put("one");
        (await later).ShouldBe([(0, "one")]);
        // It may take it back.
        (await _hub.ReadAsync(Stream, 0)).ShouldBe([(0, "one")]);
    }

    [Fact]
    public async Task Read_WhenAnotherProcessTakesMany_TakesNoneBackOfItsOwnAccord()
    {
        // The client learns that a wait has ended before it learns why: of many some would meet that moment.
        const int Many = 32;
        await using var hub = new TestHub(Many);
        var (stream, other) = (await hub.OpenAsync(), await hub.OpenAsync());
        var formers = Enumerable.Range(0, Many).Select(partition => stream.ReadAsync(partition, 0, 1000, hub.Timeout).AsTask()).ToArray();
        await hub.UntilAsync(() => hub.Broker.Hub.Partitions.All(partition => partition.Readers == 1), "the first readers wait");

        var laters = Enumerable.Range(0, Many).Select(partition => other.ReadAsync(partition, 0, 1000, hub.Timeout).AsTask()).ToArray();
        await hub.UntilAsync(() => formers.Concat(laters).Count(read => read.IsCompleted) >= Many, "half of the readers are thrown off");

        formers.ShouldAllBe(read => read.IsFaulted);
        laters.ShouldAllBe(read => !read.IsCompleted);
        foreach (var partition in hub.Broker.Hub.Partitions) partition.Append([new StoredEvent([1], null, new Dictionary<string, object>())]);
        foreach (var records in await Task.WhenAll(laters)) records.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Read_WhenTheLinkBreaksWhileItWaits_GoesOn()
    {
        _hub.Put("0");
        (await _hub.ReadAsync(Stream, 0)).ShouldBe([(0, "0")]);
        var read = _hub.ReadAsync(Stream, 1);
        _hub.Broker.DropConnections();
        await _hub.UntilAsync(() => _hub.Partition.Readers == 0, "the reader is gone");

        _hub.Put("1");

        (await read).ShouldBe([(1, "1")]);
    }

    [Fact]
    public async Task Read_WhileConnectionsBreak_SeesEachRecordOnceInOrder()
    {
        const int Total = 400;
        var seen = new List<(long Position, string Text)>();
        for (var n = 0; n < Total; n++)
        {
            _hub.Put($"{n}");
            if (n % 100 == 50) _hub.Broker.DropConnections();
            if (n % 10 == 9) seen.AddRange(await _hub.ReadAsync(Stream, seen.Count, maxBytes: 20));
        }

        while (seen.Count < Total) seen.AddRange(await _hub.ReadAsync(Stream, seen.Count));
        seen.ShouldBe(Enumerable.Range(0, Total).Select(n => ((long)n, $"{n}")));
    }

    [Fact]
    public async Task Read_WhenATakenUpLinkLeavesOutRecords_GetsThemAllTheSame()
    {
        _hub.Put("0");
        (await _hub.ReadAsync(Stream, 0)).ShouldBe([(0, "0")]);
        _hub.Partition.LostOnResume = 2;
        _hub.Broker.DropConnections();

        _hub.Put("1", "2", "3");

        (await _hub.ReadAsync(Stream, 1)).ShouldBe([(1, "1"), (2, "2"), (3, "3")]);
    }

    [Fact]
    public async Task Read_OfLargeAndSmallRecords_GetsAllInOrder()
    {
        // More than is fetched ahead, so that credit is given by size.
        var random = new Random(5);
        var payloads = Enumerable.Range(0, 1500).Select(n => new byte[n is > 500 and < 550 ? 400_000 : random.Next(2000)]).ToArray();
        foreach (var payload in payloads) random.NextBytes(payload);
        foreach (var some in payloads.Chunk(100)) _hub.Partition.Append([.. some.Select(payload => new StoredEvent(payload, null, new Dictionary<string, object>()))]);

        var position = 0;
        while (position < payloads.Length)
        {
            foreach (var record in await Stream.ReadAsync(0, position, 1 << 20, _hub.Timeout))
            {
                record.Position.ShouldBe(position);
                record.Payload.Span.SequenceEqual(payloads[position++]).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task Read_WhenTheHubIsBusy_IsTriedAgainAndTold()
    {
        var told = new ConcurrentBag<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "snowplow.eventhubs.read_failures") meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags) if (tag.Key == "reason") told.Add(tag.Value);
        });
        listener.Start();
        _hub.Put("0");
        var attempts = 0;
        _hub.Broker.Refusal = address =>
            address.Contains("ConsumerGroups", StringComparison.Ordinal) && Interlocked.Increment(ref attempts) == 1
                ? new AmqpException("com.microsoft:server-busy", "The service was unable to process the request; please retry the operation.")
                : null;

        (await _hub.ReadAsync(Stream, 0)).ShouldBe([(0, "0")]);

        attempts.ShouldBe(2);
        told.ShouldContain("ServiceBusy");
        _hub.Log.Lines.ShouldContain(line => line.Level == LogLevel.Warning && line.Text.Contains("Cannot read partition 0 of the hub 'raw' from 0"));
    }

    [Fact]
    public async Task Read_WithoutPermission_FailsAndSaysSo()
    {
        _hub.Broker.Refusal = address =>
            address.Contains("ConsumerGroups", StringComparison.Ordinal) ? new AmqpException(AmqpErrorCode.UnauthorizedAccess, "Unauthorized access. 'Listen' claim is required.") : null;

        (await Should.ThrowAsync<IOException>(() => _hub.ReadAsync(Stream, 0))).Message.ShouldContain("'Listen' claim is required");
    }

    [Fact]
    public async Task Read_AfterTheHubLostRecords_FailsInsteadOfSkippingWhatComes()
    {
        _hub.Put("0", "1", "2");
        (await _hub.ReadAsync(Stream, 0)).Count.ShouldBe(3);
        _hub.Partition.Lose(1);
        _hub.Broker.DropConnections();
        await using var other = await _hub.OpenAsync();

        var failure = await Should.ThrowAsync<InvalidDataException>(() => _hub.ReadAsync(other, 3));

        failure.Message.ShouldContain("has lost records");
        failure.Message.ShouldContain("'0'");
    }

    [Fact]
    public async Task Read_AfterAFailoverToARegionWithOtherOffsets_GoesOnAtItsPosition()
    {
        _hub.Put("0", "1");
        (await _hub.ReadAsync(Stream, 0)).Count.ShouldBe(2);
        _hub.Broker.Hub.Region = 1;
        _hub.Broker.DropConnections();

        _hub.Put("2");

        (await _hub.ReadAsync(Stream, 2)).ShouldBe([(2, "2")]);
    }

    [Fact]
    public async Task Read_OfEarlierRecordsWhileAnotherWaits_IsServedAndTheOtherWaitsOn()
    {
        _hub.Put("0", "1");
        var waiting = _hub.ReadAsync(Stream, 2);
        await _hub.UntilAsync(() => _hub.Partition.Readers == 1, "the first reader waits");

        (await _hub.ReadAsync(Stream, 0)).ShouldBe([(0, "0"), (1, "1")]);
        waiting.IsCompleted.ShouldBeFalse();

        _hub.Put("2");
        (await waiting).ShouldBe([(2, "2")]);
    }

    [Fact]
    public async Task Read_OneAfterTheOther_KeepsItsReceiver()
    {
        // Of several receipts, each for several reads.
        _hub.Put([.. Enumerable.Range(0, 3000).Select(n => $"{n}")]);
        var attached = 0;
        _hub.Broker.Refusal = address =>
        {
            if (address.Contains("ConsumerGroups", StringComparison.Ordinal)) Interlocked.Increment(ref attached);
            return null;
        };

        for (var position = 0L; position < 3000;) position = (await _hub.ReadAsync(Stream, position, maxBytes: 400))[^1].Position + 1;

        attached.ShouldBe(1);
    }

    [Fact]
    public async Task Read_WhenCancelled_LeavesNoReceiverBehind()
    {
        using var reader = new CancellationTokenSource();
        var read = Stream.ReadAsync(0, 0, 1000, reader.Token).AsTask();
        await _hub.UntilAsync(() => _hub.Partition.Readers == 1, "the reader waits");

        await reader.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(read);
        await _hub.UntilAsync(() => _hub.Partition.Readers == 0, "the receiver is closed");
    }

    [Fact]
    public async Task Read_WhoseReaderEndsBetweenTwo_LeavesNoReceiverBehind_AndTheNextReaderHasOneOfItsOwn()
    {
        _hub.Put("0");
        using var reader = new CancellationTokenSource();
        (await Stream.ReadAsync(0, 0, 1000, reader.Token)).Count.ShouldBe(1);
        _hub.Partition.Readers.ShouldBe(1);

        await reader.CancelAsync();

        await _hub.UntilAsync(() => _hub.Partition.Readers == 0, "the receiver is closed");
        // Elsewhere for a while.
        await using var other = await _hub.OpenAsync();
        (await _hub.ReadAsync(other, 0)).ShouldBe([(0, "0")]);
        _hub.Put("1");
        (await _hub.ReadAsync(Stream, 1)).ShouldBe([(1, "1")]);
    }

    [Fact]
    public async Task Read_WhenAnotherReaderOfTheProcessWaits_LeavesTheReceiverToIt()
    {
        using var reader = new CancellationTokenSource();
        var waiting = _hub.ReadAsync(Stream, 0);
        var read = Stream.ReadAsync(0, 0, 1000, reader.Token).AsTask();
        await _hub.UntilAsync(() => _hub.Partition.Readers == 1, "the readers wait");

        await reader.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(read);
        _hub.Put("0");

        (await waiting).ShouldBe([(0, "0")]);
        _hub.Partition.Readers.ShouldBe(1);
    }

    [Fact]
    public async Task Read_WhenTheStreamIsDisposedOf_Ends()
    {
        var read = _hub.ReadAsync(Stream, 0);
        await _hub.UntilAsync(() => _hub.Partition.Readers == 1, "the reader waits");

        await Stream.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(read);
        await Should.ThrowAsync<ObjectDisposedException>(() => _hub.ReadAsync(Stream, 0));
    }

    [Fact]
    public async Task Release_OfRecords_LeavesThemToTheHubsRetention()
    {
        _hub.Put("0", "1");
        await Stream.ReleaseAsync(0, 2, _hub.Timeout);
        (await _hub.ReadAsync(Stream, 0)).Count.ShouldBe(2);
    }
}
