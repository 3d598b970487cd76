using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// The durable queue between the checkpoints of partitions and Data Explorer, as blobs that are created once and never changed:
/// <c>load/data/…</c> the files, <c>load/units/{partition}/{from}.json</c> what waits, <c>load/batches/{number}.json</c> what is loaded
/// together, and <c>….done</c> beside it once it is; <c>load/failed/…</c> what Data Explorer refuses for good. A partition that loads late, or a second time, adds what is passed over: each batch
/// says up to where all before it have come.
/// </summary>
/// <param name="blobs">Where they are; appends must be atomic.</param>
internal sealed class LoadFolder(IBlobStore blobs)
{
    private const string Units = "load/units/";
    private const string Data = "load/data/";
    private const string Failed = "load/failed/";
    private const string Split = "load/split/";
    private const string Batches = "load/batches/";
    private const string Done = ".done";
    private const string Json = ".json";

    // A loader that stood still must not find the number free that it was about to take. With loads every half minute these are two hours.
    private const int KeptBatches = 256;

    // At a time, where there are many.
    private const int Requests = 16;

    /// <summary>A partition as the queue knows it: its ranges come again, and otherwise, when all is modelled anew.</summary>
    public static string PartitionName(PartitionName partition, int generation) => string.Create(CultureInfo.InvariantCulture, $"{partition}.{generation}");

    /// <summary>The blob for a table's rows of a range.</summary>
    public static string FileName(string partition, long from, string table, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{DataPrefix(partition, from)}{table}{extension}");

    /// <summary>Creates a blob; one that is there stays as it is.</summary>
    public async ValueTask AddFileAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        await blobs.TryAppendAsync(name, 0, content, cancellationToken);

    /// <summary>Adds a unit whose files are there; of two of one range the first stays.</summary>
    public async ValueTask AddAsync(LoadUnit unit, CancellationToken cancellationToken) =>
        await blobs.TryAppendAsync(UnitName(unit.Partition, unit.From), 0, JsonSerializer.SerializeToUtf8Bytes(unit, LoadJson.Default.LoadUnit), cancellationToken);

    /// <summary>Whether a unit waits already.</summary>
    public async ValueTask<bool> HasAsync(string partition, long from, CancellationToken cancellationToken) =>
        await blobs.GetLengthAsync(UnitName(partition, from), cancellationToken) > 0;

    /// <summary>The last batch and whether it is loaded; number 0 where there is none.</summary>
    public async ValueTask<(LoadBatch Batch, bool IsDone)> LastAsync(CancellationToken cancellationToken)
    {
        string? last = null, done = null;
        await foreach (var entry in blobs.ListAsync(Batches, cancellationToken))
            if (entry.Name.EndsWith(Done, StringComparison.Ordinal)) done = entry.Name[..^Done.Length];
            else last = entry.Name[..^Json.Length];
        return last is null ? (LoadBatch.None, true) : (await ReadAsync(last + Json, LoadJson.Default.LoadBatch, cancellationToken), done == last);
    }

    /// <summary>Begins a batch unless another loader has begun one of its number.</summary>
    public ValueTask<bool> TryBeginAsync(LoadBatch batch, CancellationToken cancellationToken) =>
        blobs.TryAppendAsync(BatchName(batch.Number) + Json, 0, JsonSerializer.SerializeToUtf8Bytes(batch, LoadJson.Default.LoadBatch), cancellationToken);

    /// <summary>Says that a batch is loaded.</summary>
    public async ValueTask EndAsync(LoadBatch batch, CancellationToken cancellationToken)
    {
        await blobs.TryAppendAsync(BatchName(batch.Number) + Done, 0, "{}"u8.ToArray(), cancellationToken);
        await DeleteAsync(Split, _ => true, cancellationToken);
        if (batch.Number <= KeptBatches) return;
        await blobs.DeleteAsync(BatchName(batch.Number - KeptBatches) + Done, cancellationToken);
        await blobs.DeleteAsync(BatchName(batch.Number - KeptBatches) + Json, cancellationToken);
    }

    /// <summary>The units that wait behind a batch that is loaded, each partition's in order. Removes those that it covers, with their files.</summary>
    public async ValueTask<IReadOnlyList<(string Partition, long From)>> WaitingAsync(LoadBatch loaded, CancellationToken cancellationToken)
    {
        var units = new List<(string Partition, long From)>();
        await foreach (var entry in blobs.ListAsync(Units, cancellationToken))
            if (entry.Name.EndsWith(Json, StringComparison.Ordinal) && entry.Name[Units.Length..^Json.Length].Split('/') is [var partition, var from]
                && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                units.Add((partition, position));
        await Parallel.ForEachAsync(units.Where(unit => loaded.Covers(unit.Partition, unit.From)), AtOnce(cancellationToken), async (unit, stop) => await RemoveAsync(unit.Partition, unit.From, stop));
        return [.. units.Where(unit => !loaded.Covers(unit.Partition, unit.From))];
    }

    /// <summary>Reads units in their order, a few ahead of whoever takes them.</summary>
    public async IAsyncEnumerable<LoadUnit> ReadAsync(IReadOnlyList<(string Partition, long From)> units, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in units.Chunk(Requests))
            foreach (var unit in await Task.WhenAll(some.Select(unit => ReadAsync(UnitName(unit.Partition, unit.From), LoadJson.Default.LoadUnit, cancellationToken).AsTask())))
                yield return unit;
    }

    /// <summary>Whether a table's files of a batch are loaded one by one, since together they were refused.</summary>
    public async ValueTask<bool> IsSplitAsync(LoadBatch batch, string table, CancellationToken cancellationToken) =>
        await blobs.GetLengthAsync(SplitName(batch, table), cancellationToken) is not null;

    /// <summary>Says that from now on they are: together they must not be loaded any more.</summary>
    public async ValueTask SplitAsync(LoadBatch batch, string table, CancellationToken cancellationToken) =>
        await blobs.TryAppendAsync(SplitName(batch, table), 0, "{}"u8.ToArray(), cancellationToken);

    /// <summary>Where a file lies that is set aside.</summary>
    public static string NameAside(LoadFile file) => Failed + file.Name[Data.Length..];

    /// <summary>Sets a file aside, which the batch then counts as loaded. May be repeated.</summary>
    public async ValueTask SetAsideAsync(LoadFile file, FileSetAside why, CancellationToken cancellationToken)
    {
        var name = NameAside(file);
        await blobs.TryAppendAsync(name, 0, await blobs.ReadWholeAsync(file.Name, cancellationToken), cancellationToken);
        await blobs.TryAppendAsync(name + Json, 0, JsonSerializer.SerializeToUtf8Bytes(why, LoadJson.Default.FileSetAside), cancellationToken);
    }

    /// <summary>How many files are set aside.</summary>
    public async ValueTask<int> CountAsideAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var entry in blobs.ListAsync(Failed, cancellationToken))
            if (entry.Name.EndsWith(Json, StringComparison.Ordinal)) count++;
        return count;
    }

    /// <summary>
    /// Removes files that no unit names: of partitions that ended between the two. Those of ranges that no batch has covered stay, as their unit
    /// may be on its way, unless nobody is at work.
    /// </summary>
    public async ValueTask RemoveOrphansAsync(LoadBatch loaded, bool isNobodyAtWork, CancellationToken cancellationToken)
    {
        var units = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in blobs.ListAsync(Units, cancellationToken)) units.Add(entry.Name[Units.Length..^Json.Length]);
        await DeleteAsync(
            Data,
            name => name[Data.Length..].Split('/') is [var partition, var from, _] && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                && !units.Contains($"{partition}/{from}") && (isNobodyAtWork || loaded.Covers(partition, position)),
            cancellationToken);
    }

    private async ValueTask DeleteAsync(string prefix, Predicate<string> isToGo, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(prefix, cancellationToken))
            if (isToGo(entry.Name)) names.Add(entry.Name);
        foreach (var name in names) await blobs.DeleteAsync(name, cancellationToken);
    }

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Requests, CancellationToken = cancellationToken };

    private async ValueTask RemoveAsync(string partition, long from, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        await foreach (var file in blobs.ListAsync(DataPrefix(partition, from), cancellationToken)) files.Add(file.Name);
        foreach (var file in files) await blobs.DeleteAsync(file, cancellationToken);
        await blobs.DeleteAsync(UnitName(partition, from), cancellationToken);
    }

    private async ValueTask<T> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var content = new byte[await blobs.GetLengthAsync(name, cancellationToken) ?? throw new IOException($"The blob '{name}' was deleted while it was in use.")];
        if (await blobs.ReadAsync(name, 0, content, cancellationToken) != content.Length) throw new IOException($"The blob '{name}' was deleted while it was in use.");
        return JsonSerializer.Deserialize(content, type) ?? throw new InvalidDataException($"The blob '{name}' is empty.");
    }

    private static string UnitName(string partition, long from) => string.Create(CultureInfo.InvariantCulture, $"{Units}{partition}/{from:D20}{Json}");

    private static string BatchName(long number) => string.Create(CultureInfo.InvariantCulture, $"{Batches}{number:D12}");

    private static string DataPrefix(string partition, long from) => string.Create(CultureInfo.InvariantCulture, $"{Data}{partition}/{from:D20}/");

    private static string SplitName(LoadBatch batch, string table) => $"{Split}{batch.Id}-{table}";
}
