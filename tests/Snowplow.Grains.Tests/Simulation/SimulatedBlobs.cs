using System.Runtime.CompilerServices;
using Snowplow.Storage.Blobs;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>
/// Blobs in memory that survive every simulated crash. Each operation gives way before and after it takes effect, so the
/// scheduler can put anything in between, and now and then an append takes effect but its answer is lost.
/// </summary>
internal sealed class SimulatedBlobs(Random random, SimulationFaults faults) : IBlobStore
{
    private readonly SortedDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    private double _tornAppend = faults.TornAppend;

    public IEnumerable<string> Names => _blobs.Keys;

    public bool CanTruncate => faults.CanTruncate;

    public void StopFailing() => _tornAppend = 0;

    public async ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return _blobs.TryGetValue(name, out var blob) ? blob.Length : null;
    }

    public async ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var blob = _blobs.GetValueOrDefault(name) ?? [];
        if (blob.Length != expectedLength && !faults.AppendsAnywhere) return false;
        // A full disk or a crash leaves any part of an append where the store can cut it off again, else all or nothing.
        if (random.NextDouble() < _tornAppend)
        {
            var stored = CanTruncate ? random.Next(data.Length + 1) : random.Next(2) * data.Length;
            _blobs[name] = [.. blob, .. data[..stored].Span];
            throw new IOException($"Simulated failure while appending to {name}.");
        }

        _blobs[name] = [.. blob, .. data.Span];
        await Task.Yield();
        return true;
    }

    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!_blobs.TryGetValue(name, out var blob) || offset >= blob.Length) return 0;
        var count = (int)Math.Min(buffer.Length, blob.Length - offset);
        blob.AsSpan((int)offset, count).CopyTo(buffer.Span);
        return count;
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var (name, blob) in _blobs.ToArray())
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) yield return new BlobEntry(name, blob.Length);
        }
    }

    public async ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!CanTruncate || !_blobs.TryGetValue(name, out var blob) || blob.Length < length) return false;
        if (!blob.AsSpan((int)length).SequenceEqual(tail.Span)) return false;
        _blobs[name] = blob[..(int)length];
        return true;
    }

    public async ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!(_blobs.GetValueOrDefault(name) ?? []).AsSpan().SequenceEqual(content.Span)) return false;
        _blobs[name] = replacement.ToArray();
        return true;
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _blobs.Remove(name);
    }
}
