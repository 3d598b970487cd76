using System.Runtime.CompilerServices;
using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Tests.Blobs;

/// <summary>A store in memory, with or without truncation, whose calls can be held up, torn and failed.</summary>
public sealed class MemoryBlobStore(bool canTruncate) : IBlobStore
{
    private readonly SortedDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    public bool CanTruncate => canTruncate;

    /// <summary>Awaited before and after every call's effect.</summary>
    public Func<ValueTask> Gate { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>Told of each prefix that is listed.</summary>
    public Action<string> OnList { get; set; } = _ => { };

    /// <summary>Decides what becomes of an append that is about to succeed.</summary>
    public Func<string, ReadOnlyMemory<byte>, AppendFate> Fate { get; set; } = (_, _) => AppendFate.Succeeds;

    public IReadOnlyCollection<string> Names => [.. _blobs.Keys];

    public byte[] this[string name]
    {
        get => _blobs[name];
        set => _blobs[name] = value;
    }

    public async ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        await Gate();
        long? length;
        lock (_blobs) length = _blobs.TryGetValue(name, out var bytes) ? bytes.Length : null;
        await Gate();
        return length;
    }

    public async ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        await Gate();
        bool appended;
        lock (_blobs) appended = TryAppend(name, expectedLength, data);
        await Gate();
        return appended;
    }

    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        await Gate();
        var read = 0;
        lock (_blobs)
        {
            if (_blobs.TryGetValue(name, out var bytes) && offset < bytes.Length)
            {
                read = (int)Math.Min(buffer.Length, bytes.Length - offset);
                bytes.AsSpan((int)offset, read).CopyTo(buffer.Span);
            }
        }

        await Gate();
        return read;
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Gate();
        OnList(prefix);
        List<BlobEntry> entries;
        lock (_blobs) entries = [.. _blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(b => new BlobEntry(b.Key, b.Value.Length))];
        await Gate();
        foreach (var entry in entries) yield return entry;
    }

    public async ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        await Gate();
        var cut = false;
        lock (_blobs)
        {
            if (canTruncate && _blobs.TryGetValue(name, out var bytes) && bytes.Length >= length && bytes.AsSpan((int)length).SequenceEqual(tail.Span))
            {
                _blobs[name] = bytes[..(int)length];
                cut = true;
            }
        }

        await Gate();
        return cut;
    }

    public async ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        await Gate();
        bool replaced;
        lock (_blobs)
        {
            replaced = _blobs.GetValueOrDefault(name, []).AsSpan().SequenceEqual(content.Span);
            if (replaced) _blobs[name] = replacement.ToArray();
        }

        await Gate();
        return replaced;
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        await Gate();
        lock (_blobs) _blobs.Remove(name);
        await Gate();
    }

    private bool TryAppend(string name, long expectedLength, ReadOnlyMemory<byte> data)
    {
        var bytes = _blobs.GetValueOrDefault(name, []);
        if (bytes.Length != expectedLength) return false;
        var fate = Fate(name, data);
        var written = fate.Written ?? data.Length;
        if (written > 0 || fate == AppendFate.Succeeds) _blobs[name] = [.. bytes, .. data.Span[..written]];
        return fate == AppendFate.Succeeds ? true : throw new IOException("The store failed, as the test wants it to.");
    }
}

/// <summary>What becomes of an append.</summary>
/// <param name="Written">How many bytes are written before the append fails; null: it succeeds.</param>
public readonly record struct AppendFate(int? Written)
{
    public static readonly AppendFate Succeeds = new(null);
}
