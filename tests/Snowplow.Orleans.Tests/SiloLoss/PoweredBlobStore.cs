using System.Runtime.CompilerServices;
using Snowplow.Storage.Blobs;

namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>The shared blobs as one silo reaches them.</summary>
internal sealed class PoweredBlobStore(IBlobStore inner, SiloPower power) : IBlobStore
{
    public bool CanTruncate => inner.CanTruncate;

    public async ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken) =>
        await power.RunAsync(() => inner.GetLengthAsync(name, cancellationToken).AsTask());

    public async ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        await power.RunAsync(() => inner.TryAppendAsync(name, expectedLength, data, cancellationToken).AsTask());

    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        await power.RunAsync(() => inner.ReadAsync(name, offset, buffer, cancellationToken).AsTask());

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in await power.RunAsync(() => inner.ListAsync(prefix, cancellationToken).ToListAsync(cancellationToken).AsTask()))
            yield return entry;
    }

    public async ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken) =>
        await power.RunAsync(() => inner.TryTruncateAsync(name, length, tail, cancellationToken).AsTask());

    public async ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken) =>
        await power.RunAsync(() => inner.TryReplaceAsync(name, content, replacement, cancellationToken).AsTask());

    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken) =>
        await power.RunAsync(async () =>
        {
            await inner.DeleteAsync(name, cancellationToken);
            return true;
        });
}
