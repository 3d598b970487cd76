using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Snowplow.Azure.EventHubs;
using Snowplow.Azure.Tests.EventHubs.Broker;
using Snowplow.Streams;

namespace Snowplow.Azure.Tests.EventHubs;

public sealed class EventHubsAppendTests : IAsyncLifetime
{
    private readonly TestHub _hub = new(1);

    private EventHubsRawStream Stream { get; set; } = null!;

    public async Task InitializeAsync() => Stream = await _hub.OpenAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Append_UntilTheHubAcknowledges_IsNotComplete()
    {
        _hub.Broker.Fate = _ => TransferFate.Hold;
        var append = _hub.AppendAsync(Stream, "one");
        await _hub.UntilAsync(() => _hub.Broker.Held == 1, "the hub holds the transfer");
        append.IsCompleted.ShouldBeFalse();

        _hub.Broker.Release();

        await append.WaitAsync(_hub.Timeout);
        _hub.Stored().ShouldBe(["one"]);
    }

    [Fact]
    public async Task Append_OfManyWhileTwoBatchesAreUnderWay_GoesInOne()
    {
        _hub.Broker.Fate = _ => TransferFate.Hold;
        var appends = new List<Task> { _hub.AppendAsync(Stream, "0") };
        await _hub.UntilAsync(() => _hub.Broker.Held == 1, "the first batch is under way");
        appends.Add(_hub.AppendAsync(Stream, "1"));
        await _hub.UntilAsync(() => _hub.Broker.Held == 2, "the second batch is under way");

        for (var n = 2; n < 1000; n++) appends.Add(_hub.AppendAsync(Stream, $"{n}"));
        _hub.Broker.Fate = _ => TransferFate.Accept;
        _hub.Broker.Release();

        await Task.WhenAll(appends).WaitAsync(_hub.Timeout);
        _hub.Stored().ShouldBe(Enumerable.Range(0, 1000).Select(n => $"{n}"));
        _hub.Partition.Transfers.ShouldBe([1, 1, 998]);
    }

    [Fact]
    public async Task Append_OfManyMessages_HasTwoUnderWayAtMost()
    {
        _hub.Broker.Fate = _ => TransferFate.Hold;
        var appends = Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => Stream.AppendAsync(0, Guid.NewGuid(), new byte[5000], CancellationToken.None).AsTask()));

        // All wait by now, so that each further message is as full as it can be.
        await _hub.UntilAsync(() => _hub.Broker.Held == 2, "two messages are under way");
        await _hub.UntilAsync(() =>
        {
            _hub.Broker.Release();
            return appends.IsCompleted;
        }, "all are stored");

        await appends;
        _hub.Broker.MostHeld.ShouldBe(2);
        _hub.Partition.Transfers.Count.ShouldBeInRange(10, 12);
    }

    [Fact]
    public void Append_ThatTheHubHasAcknowledged_LeavesItsBytesToTheClient()
    {
        var append = new PendingAppend(Guid.NewGuid(), "an attempt that was given up may be written yet"u8.ToArray());

        append.Stored();
        // Whoever takes memory now gets none of it.
        for (var size = 16; size <= 256; size *= 2) ArrayPool<byte>.Shared.Rent(size).AsSpan().Clear();

        append.Event.EventBody.ToString().ShouldBe("an attempt that was given up may be written yet");
    }

    [Fact]
    public async Task Append_OfMoreThanAMessageTakes_IsSplit()
    {
        var payloads = Enumerable.Range(0, 6).Select(n => Encoding.ASCII.GetBytes($"{n}".PadRight(400_000))).ToArray();

        await Task.WhenAll(payloads.Select(payload => Stream.AppendAsync(0, Guid.NewGuid(), payload, CancellationToken.None).AsTask())).WaitAsync(_hub.Timeout);

        _hub.Partition.Events.Select(stored => stored.Body).ShouldBe(payloads);
        _hub.Partition.Transfers.ShouldAllBe(events => events <= 2);
    }

    [Fact]
    public async Task Append_OfTheLargestPayload_IsStored_AndOfALargerOneRefusedByItself()
    {
        var largest = Stream.MaxPayloadSizeBytes;
        largest.ShouldBeGreaterThan(1_000_000);

        await Stream.AppendAsync(0, Guid.NewGuid(), new byte[largest], CancellationToken.None);
        var refusal = await Should.ThrowAsync<ArgumentException>(async () => await Stream.AppendAsync(0, Guid.NewGuid(), new byte[largest + 1], CancellationToken.None));
        await _hub.AppendAsync(Stream, "after");

        refusal.Message.ShouldContain($"{largest} bytes");
        _hub.Partition.Events.Select(stored => stored.Body.Length).ShouldBe([largest, 5]);
        Stream.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Append_WhenTheHubRefuses_FailsSaysWhyAndLaterGoesOn()
    {
        var transfers = 0;
        _hub.Broker.Fate = _ =>
        {
            Interlocked.Increment(ref transfers);
            return TransferFate.Refuse;
        };
        var failure = await Should.ThrowAsync<RawStreamUnavailableException>(() => _hub.AppendAsync(Stream, "refused"));
        failure.Message.ShouldContain("'Send' claim is required");
        Stream.Problem.ShouldBe(failure.Message);
        _hub.Log.Lines.ShouldContain((LogLevel.Error, failure.Message));

        // Refused at once: nothing goes out.
        var before = transfers;
        await Should.ThrowAsync<RawStreamUnavailableException>(() => _hub.AppendAsync(Stream, "refused"));
        transfers.ShouldBe(before);

        _hub.Broker.Fate = _ => TransferFate.Accept;
        await _hub.UntilAsync(() => Stream.Problem is null, "the problem ends");
        await _hub.AppendAsync(Stream, "taken");
        _hub.Stored().ShouldBe(["taken"]);
    }

    [Fact]
    public async Task Append_WhenTheHubThrottlesFirst_IsTriedAgainAndStoredOnce()
    {
        var transfers = 0;
        _hub.Broker.Fate = _ => Interlocked.Increment(ref transfers) == 1 ? TransferFate.Busy : TransferFate.Accept;

        await _hub.AppendAsync(Stream, "one");

        _hub.Stored().ShouldBe(["one"]);
        Stream.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Append_WhenTheHubThrottlesForLong_FailsAndLaterGoesOn()
    {
        _hub.Broker.Fate = _ => TransferFate.Busy;
        var failure = await Should.ThrowAsync<RawStreamUnavailableException>(() => _hub.AppendAsync(Stream, "throttled"));
        failure.Message.ShouldContain("throttled");

        _hub.Broker.Fate = _ => TransferFate.Accept;
        await _hub.UntilAsync(() => Stream.Problem is null, "the problem ends");
        await _hub.AppendAsync(Stream, "taken");
        _hub.Stored().ShouldBe(["taken"]);
    }

    [Fact]
    public async Task Append_WhenTheConnectionBreaksBeforeItIsStored_IsSentAgain()
    {
        await _hub.AppendAsync(Stream, "before");
        var transfers = 0;
        _hub.Broker.Fate = _ => Interlocked.Increment(ref transfers) == 1 ? TransferFate.Drop : TransferFate.Accept;

        await _hub.AppendAsync(Stream, "after");

        _hub.Stored().ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task Append_WhoseAcknowledgementIsLost_IsThereTwiceUnderOneId()
    {
        var id = Guid.NewGuid();
        var transfers = 0;
        _hub.Broker.Fate = _ => Interlocked.Increment(ref transfers) == 1 ? TransferFate.StoreAndDrop : TransferFate.Accept;

        await _hub.AppendAsync(Stream, id, "one");

        _hub.Partition.Events.Select(stored => (stored.MessageId, stored.Properties["payload_id"])).ShouldBe([($"{id}", $"{id}"), ($"{id}", $"{id}")]);
        (await Stream.ReadAsync(0, 0, 1000, _hub.Timeout)).Select(record => record.PayloadId).ShouldBe([id, id]);
    }

    [Fact]
    public async Task Append_WhileNobodyAnswers_FailsInTime_AndGoesOnWhenTheHubIsBack()
    {
        await _hub.AppendAsync(Stream, "before");
        _hub.Broker.Stop();

        await Should.ThrowAsync<RawStreamUnavailableException>(() => _hub.AppendAsync(Stream, "lost"));
        Stream.Problem.ShouldNotBeNull();
        await Should.ThrowAsync<RawStreamUnavailableException>(() => _hub.AppendAsync(Stream, "lost"));

        _hub.Broker.Start();
        await _hub.UntilAsync(() => Stream.Problem is null, "the problem ends");
        await _hub.AppendAsync(Stream, "after");
        _hub.Stored().ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task Append_WhileConnectionsBreak_LosesNothingThatWasAcknowledged()
    {
        var random = new Random(7);
        _hub.Broker.Fate = _ =>
        {
            lock (random) return random.Next(8) switch { 0 => TransferFate.Drop, 1 => TransferFate.StoreAndDrop, 2 => TransferFate.Busy, _ => TransferFate.Accept };
        };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var stored = new List<string>();
            for (var n = 0; n < 15; n++)
            {
                var text = $"{writer} {n}";
                if (await TryAppendAsync(text)) stored.Add(text);
            }

            return stored;
        }));

        var there = _hub.Stored().ToHashSet();
        foreach (var text in outcomes.SelectMany(stored => stored)) there.ShouldContain(text);
        outcomes.Sum(stored => stored.Count).ShouldBeGreaterThan(0);
        foreach (var copies in _hub.Partition.Events.GroupBy(stored => Encoding.UTF8.GetString(stored.Body))) copies.Select(copy => copy.MessageId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Append_WhenTooMuchWaits_IsRefusedAtOnceAndTheRestIsStored()
    {
        _hub.Broker.Fate = _ => TransferFate.Hold;
        var payload = new byte[1_000_000];
        var appends = Enumerable.Range(0, 16).Select(_ => Stream.AppendAsync(0, Guid.NewGuid(), payload, CancellationToken.None).AsTask()).ToArray();

        var refusal = await Should.ThrowAsync<RawStreamUnavailableException>(async () => await Stream.AppendAsync(0, Guid.NewGuid(), payload, CancellationToken.None));

        refusal.Message.ShouldContain("too many bytes");
        _hub.Broker.Fate = _ => TransferFate.Accept;
        await _hub.UntilAsync(() =>
        {
            _hub.Broker.Release();
            return appends.All(append => append.IsCompleted);
        }, "all are stored");
        await Task.WhenAll(appends);
        await Stream.AppendAsync(0, Guid.NewGuid(), payload, CancellationToken.None);
        _hub.Partition.End.ShouldBe(17);
    }

    [Fact]
    public async Task Append_WhenCancelled_EndsTheWaitAndMayBeStoredAllTheSame()
    {
        _hub.Broker.Fate = _ => TransferFate.Hold;
        var first = _hub.AppendAsync(Stream, "0");
        await _hub.UntilAsync(() => _hub.Broker.Held == 1, "the first batch is under way");
        var second = _hub.AppendAsync(Stream, "1");
        await _hub.UntilAsync(() => _hub.Broker.Held == 2, "the second batch is under way");
        using var cancel = new CancellationTokenSource();
        var buffer = "before"u8.ToArray();
        var append = Stream.AppendAsync(0, Guid.NewGuid(), buffer, cancel.Token).AsTask();

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(append);
        "after!"u8.CopyTo(buffer);

        _hub.Broker.Fate = _ => TransferFate.Accept;
        _hub.Broker.Release();
        await Task.WhenAll(first, second);
        await _hub.UntilAsync(() => _hub.Partition.End == 3, "it is stored");
        _hub.Stored().ShouldBe(["0", "1", "before"]);
    }

    [Fact]
    public async Task Dispose_WhileAppendsWait_SendsThemFirstAndTakesNoMore()
    {
        _hub.Broker.Fate = _ => TransferFate.Hold;
        var appends = Enumerable.Range(0, 10).Select(n => _hub.AppendAsync(Stream, $"{n}")).ToArray();
        await _hub.UntilAsync(() => _hub.Broker.Held > 0, "the hub holds a transfer");

        var disposal = Stream.DisposeAsync().AsTask();
        await Should.ThrowAsync<RawStreamUnavailableException>(() => _hub.AppendAsync(Stream, "late"));
        _hub.Broker.Fate = _ => TransferFate.Accept;
        _hub.Broker.Release();

        await Task.WhenAll([.. appends, disposal]).WaitAsync(_hub.Timeout);
        _hub.Stored().ShouldBe(Enumerable.Range(0, 10).Select(n => $"{n}"));
    }

    private async Task<bool> TryAppendAsync(string text)
    {
        try
        {
            await _hub.AppendAsync(Stream, text);
            return true;
        }
        catch (RawStreamUnavailableException)
        {
            await _hub.UntilAsync(() => Stream.Problem is null, "the problem ends");
            return false;
        }
    }
}
