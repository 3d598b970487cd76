using System.Globalization;
using System.Text;

namespace Snowplow.Streams.Tests;

/// <summary>What every raw stream does; one subclass per implementation.</summary>
public abstract class RawStreamContract : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _timeout = new(Patience);

    protected abstract Task<IRawStream> OpenAsync(int partitions);

    private IRawStream Stream { get; set; } = null!;

    private CancellationToken Timeout => _timeout.Token;

    public async Task InitializeAsync() => Stream = await OpenAsync(4);

    public async Task DisposeAsync() => await Stream.DisposeAsync();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _timeout.Dispose();

    [Fact]
    public void Identity_OfAStream_IsShortAndFitForFileNames() => Stream.Identity.ShouldMatch("^[a-z0-9]{1,32}$");

    [Fact]
    public async Task Append_ThenRead_GivesPayloadAndIdAtPositionZero()
    {
        var id = Guid.NewGuid();
        await Stream.AppendAsync("alice", id, "payload"u8.ToArray(), Timeout);

        var record = (await Stream.ReadAsync(await PartitionOfOnlyRecordAsync(), 0, 1 << 20, Timeout)).ShouldHaveSingleItem();

        record.Position.ShouldBe(0);
        record.PayloadId.ShouldBe(id);
        Encoding.UTF8.GetString(record.Payload.Span).ShouldBe("payload");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(900_000)]
    public async Task Append_OfAnySize_ComesBackAsItWas(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        await Stream.AppendAsync("alice", Guid.NewGuid(), payload, Timeout);

        var records = await Stream.ReadAsync(await PartitionOfOnlyRecordAsync(), 0, 1, Timeout);

        records.ShouldHaveSingleItem().Payload.ToArray().ShouldBe(payload);
    }

    [Fact]
    public async Task Append_WhenTheBufferChangesAfterwards_KeepsWhatWasGiven()
    {
        var buffer = "before"u8.ToArray();
        await Stream.AppendAsync("alice", Guid.NewGuid(), buffer, Timeout);
        "after!"u8.CopyTo(buffer);

        var records = await Stream.ReadAsync(await PartitionOfOnlyRecordAsync(), 0, 100, Timeout);

        records[0].Payload.ToArray().ShouldBe("before"u8.ToArray());
    }

    [Fact]
    public async Task Append_OfOneKeyOneAfterTheOther_StaysInOnePartitionInOrder()
    {
        var keys = Enumerable.Range(0, 20).Select(k => $"user-{k}").ToArray();
        await Task.WhenAll(keys.Select(async key =>
        {
            for (var n = 0; n < 25; n++) await Stream.AppendAsync(key, Guid.NewGuid(), Encoding.UTF8.GetBytes($"{key} {n}"), Timeout);
        }));

        var places = new Dictionary<string, List<(int Partition, int Number)>>();
        foreach (var (partition, record) in await ReadAllAsync())
        {
            var parts = Encoding.UTF8.GetString(record.Payload.Span).Split(' ');
            if (!places.TryGetValue(parts[0], out var list)) places[parts[0]] = list = [];
            list.Add((partition, int.Parse(parts[1], CultureInfo.InvariantCulture)));
        }

        places.Keys.ShouldBe(keys, ignoreOrder: true);
        foreach (var list in places.Values)
        {
            list.Select(p => p.Partition).Distinct().Count().ShouldBe(1);
            list.Select(p => p.Number).ShouldBe(Enumerable.Range(0, 25));
        }

        places.Values.Select(list => list[0].Partition).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Positions_OfAPartition_CountFromZeroWithoutHoles()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => Stream.AppendAsync($"key-{n}", Guid.NewGuid(), new byte[n], Timeout).AsTask()));

        var records = await ReadAllAsync();

        records.Count.ShouldBe(500);
        foreach (var partition in records.GroupBy(r => r.Partition))
            partition.Select(r => r.Record.Position).ShouldBe(Enumerable.Range(0, partition.Count()).Select(n => (long)n));
    }

    [Fact]
    public async Task GetEnd_AfterAppends_IsThePositionOfTheNextOne()
    {
        for (var partition = 0; partition < Stream.PartitionCount; partition++) (await Stream.GetEndAsync(partition, Timeout)).ShouldBe(0);
        for (var n = 0; n < 3; n++) await Stream.AppendAsync("alice", Guid.NewGuid(), new byte[10], Timeout);

        (await Stream.GetEndAsync(await PartitionOfOnlyRecordAsync(), Timeout)).ShouldBe(3);
    }

    [Fact]
    public async Task Read_FromTheMiddle_BeginsThere()
    {
        for (var n = 0; n < 10; n++) await Stream.AppendAsync("alice", Guid.NewGuid(), new byte[] { (byte)n }, Timeout);

        var records = await Stream.ReadAsync(await PartitionOfOnlyRecordAsync(), 7, 1000, Timeout);

        records[0].Position.ShouldBe(7);
        records[0].Payload.ToArray().ShouldBe([7]);
    }

    [Fact]
    public async Task Read_WithABudget_ReturnsAboutThatMuch()
    {
        for (var n = 0; n < 40; n++) await Stream.AppendAsync("alice", Guid.NewGuid(), new byte[1000], Timeout);

        var records = await Stream.ReadAsync(await PartitionOfOnlyRecordAsync(), 0, 10_000, Timeout);

        records.Sum(r => r.Payload.Length).ShouldBeInRange(1000, 11_000);
    }

    [Fact]
    public async Task Read_AtTheEnd_WaitsForTheNextAppend()
    {
        await Stream.AppendAsync("alice", Guid.NewGuid(), "first"u8.ToArray(), Timeout);
        var partition = await PartitionOfOnlyRecordAsync();
        var readers = Enumerable.Range(0, 3).Select(_ => Stream.ReadAsync(partition, 1, 1000, Timeout).AsTask()).ToArray();
        readers.ShouldAllBe(r => !r.IsCompleted);

        await Stream.AppendAsync("alice", Guid.NewGuid(), "second"u8.ToArray(), Timeout);

        foreach (var records in await Task.WhenAll(readers)) records.ShouldHaveSingleItem().Payload.ToArray().ShouldBe("second"u8.ToArray());
    }

    [Fact]
    public async Task Read_WhenCancelledWhileWaiting_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var read = Stream.ReadAsync(0, 0, 1000, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(read);
    }

    [Fact]
    public async Task Read_WhileAppendsGoOn_SeesEachRecordOnce()
    {
        const int Total = 2000;
        var appends = Task.WhenAll(Enumerable.Range(0, 20).Select(async writer =>
        {
            for (var n = 0; n < Total / 20; n++) await Stream.AppendAsync("alice", Guid.NewGuid(), BitConverter.GetBytes((writer * 1000) + n), Timeout);
        }));

        var seen = new List<int>();
        var partition = await PartitionOfOnlyRecordAsync();
        for (var position = 0L; position < Total;)
        {
            foreach (var record in await Stream.ReadAsync(partition, position, 500, Timeout))
            {
                record.Position.ShouldBe(position++);
                seen.Add(BitConverter.ToInt32(record.Payload.Span));
            }
        }

        await appends;
        seen.ShouldBe(Enumerable.Range(0, 20).SelectMany(w => Enumerable.Range(w * 1000, Total / 20)), ignoreOrder: true);
    }

    [Fact]
    public async Task Release_OfWhatWasRead_LeavesTheRest()
    {
        for (var n = 0; n < 10; n++) await Stream.AppendAsync("alice", Guid.NewGuid(), new byte[] { (byte)n }, Timeout);
        var partition = await PartitionOfOnlyRecordAsync();

        await Stream.ReleaseAsync(partition, 6, Timeout);

        (await Stream.ReadAsync(partition, 6, 1000, Timeout)).Select(r => r.Position).ShouldBe([6, 7, 8, 9]);
    }

    private async Task<int> PartitionOfOnlyRecordAsync()
    {
        var reads = Enumerable.Range(0, Stream.PartitionCount).ToDictionary(p => Stream.ReadAsync(p, 0, 1, Timeout).AsTask());
        return reads[await Task.WhenAny(reads.Keys)];
    }

    private async Task<List<(int Partition, RawRecord Record)>> ReadAllAsync()
    {
        var all = new List<(int, RawRecord)>();
        for (var partition = 0; partition < Stream.PartitionCount; partition++)
        {
            var end = await Stream.GetEndAsync(partition, Timeout);
            for (var position = 0L; position < end;)
            {
                var records = await Stream.ReadAsync(partition, position, 1 << 20, Timeout);
                all.AddRange(records.Select(r => (partition, r)));
                position = records[^1].Position + 1;
            }
        }

        return all;
    }
}
