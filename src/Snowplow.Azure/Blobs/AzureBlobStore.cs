using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Snowplow.Storage.Blobs;

namespace Snowplow.Azure.Blobs;

/// <summary>
/// Blobs in a container of Azure Blob storage. All are block blobs: an append stages its bytes as a block and commits the list of blocks
/// with this one behind the others, on the condition that the blob is still the one whose list was known (its ETag). So an append is
/// atomic to every reader, one of several at one length wins, and files can be moved to cooler tiers and read by Data Explorer, which
/// append blobs cannot and need not.
/// </summary>
/// <remarks>
/// A blob has at most 50,000 blocks, and each append sends the list of all: beyond 4,000 they are joined into one, which changes nothing that
/// a reader sees. What a process knows of the lists
/// of blobs it has appended to is kept, so that an append is two requests. Another writer is noticed by the condition.
/// </remarks>
/// <param name="container">The container; it must exist.</param>
public sealed class AzureBlobStore(BlobContainerClient container) : IBlobStore
{
    private const int MaxRemembered = 1024;
    private const int MostBlocks = 4000;

    private readonly ConcurrentDictionary<string, BlockList> _known = new(StringComparer.Ordinal);
    private readonly BlockNames _blocks = new();

    /// <inheritdoc/>
    public bool CanTruncate => false;

    /// <inheritdoc/>
    public async ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        try
        {
            return (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return null;
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The length of the blob '{name}' cannot be read", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedLength);
        try
        {
            return await TryAppendOnceAsync(name, expectedLength, data, cancellationToken);
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            // The outcome is unknown: the next append asks.
            _known.TryRemove(name, out _);
            throw AzureFailure.Of($"The append to the blob '{name}' failed", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (buffer.IsEmpty) return 0;
        try
        {
            using var answer = (await container.GetBlobClient(name).DownloadStreamingAsync(
                new BlobDownloadOptions { Range = new HttpRange(offset, buffer.Length) }, cancellationToken)).Value;
            return await answer.Content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (RequestFailedException none) when ((none.Status == 404 && none.ErrorCode != BlobErrorCode.ContainerNotFound) || none.Status == 416)
        {
            return 0;
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The blob '{name}' cannot be read", failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// An account with a hierarchical namespace lists folder by folder. Where a folder's name is the beginning of a file's beside it, that
    /// is another order than that of whole names; none of this platform's is.
    /// </remarks>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        await using var blobs = container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync())
        {
            var blob = blobs.Current;
            if (!IsFolder(blob) && BlobName.IsValid(blob.Name)) yield return new BlobEntry(blob.Name, blob.Properties.ContentLength ?? 0);
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await blobs.MoveNextAsync();
            }
            catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
            {
                throw AzureFailure.Of($"The blobs '{prefix}…' cannot be listed", failure);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        return ValueTask.FromResult(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        _known.TryRemove(name, out _);
        try
        {
            var blob = container.GetBlockBlobClient(name);
            var (there, tag) = await DownloadAsync(blob, cancellationToken);
            if (!there.Span.SequenceEqual(content.Span)) return false;
            // In a block, so that appends go on behind it.
            var block = _blocks.Next();
            if (!replacement.IsEmpty) await blob.StageBlockAsync(block, BinaryData.FromBytes(replacement).ToStream(), cancellationToken: cancellationToken);
            if (await CommitAsync(blob, new BlockList(replacement.IsEmpty ? [] : [block], replacement.Length, tag), cancellationToken) is not null) return true;
            // Another writer's; or the answer to this one's commit was lost and it was sent again.
            return (await ReadListAsync(blob, cancellationToken)).Blocks is [var only] && only == block;
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The blob '{name}' cannot be replaced", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        _known.TryRemove(name, out _);
        try
        {
            await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of($"The blob '{name}' cannot be deleted", failure);
        }
    }

    private async ValueTask<bool> TryAppendOnceAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var blob = container.GetBlockBlobClient(name);
        if (!_known.TryGetValue(name, out var list) || list.Length != expectedLength)
        {
            // A file that begins is rarely there already, and if it is, the condition tells.
            list = expectedLength == 0 ? BlockList.Absent : await ReadListAsync(blob, cancellationToken);
            if (list.Length != expectedLength) return false;
        }

        if (list.Blocks.Count >= MostBlocks) list = await JoinAsync(blob, list, cancellationToken);
        var block = _blocks.Next();
        if (!data.IsEmpty) await blob.StageBlockAsync(block, BinaryData.FromBytes(data).ToStream(), cancellationToken: cancellationToken);
        for (; ; )
        {
            var appended = await CommitAsync(blob, data.IsEmpty ? list : list.With(block, data.Length), cancellationToken);
            if (appended is null)
            {
                // Another writer's; or the answer to this one's commit was lost and it was sent again.
                var now = await ReadListAsync(blob, cancellationToken);
                if (now.Blocks is [.., var last] && last == block) appended = now;
                else if (list == BlockList.Absent && now is { Length: 0, Tag: not null })
                {
                    list = now;
                    continue;
                }
            }

            if (_known.Count >= MaxRemembered) _known.Clear();
            if (appended is null) _known.TryRemove(name, out _);
            else _known[name] = appended;
            return appended is not null;
        }
    }

    // The same content in one block, committed with the next append.
    private async ValueTask<BlockList> JoinAsync(BlockBlobClient blob, BlockList list, CancellationToken cancellationToken)
    {
        var content = await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = list.Tag } }, cancellationToken);
        var joined = _blocks.Next();
        await blob.StageBlockAsync(joined, content.Value.Content.ToStream(), cancellationToken: cancellationToken);
        return list with { Blocks = [joined] };
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Content, ETag? Tag)> DownloadAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var there = (await blob.DownloadContentAsync(cancellationToken)).Value;
            return (there.Content.ToMemory(), there.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return (default, null);
        }
    }

    private static async ValueTask<BlockList?> CommitAsync(BlockBlobClient blob, BlockList list, CancellationToken cancellationToken)
    {
        var conditions = list.Tag is { } tag ? new BlobRequestConditions { IfMatch = tag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            var committed = await blob.CommitBlockListAsync(list.Blocks, new CommitBlockListOptions { Conditions = conditions }, cancellationToken);
            return list with { Tag = committed.Value.ETag };
        }
        catch (RequestFailedException other) when (other.Status is 412 || other.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return null;
        }
    }

    private static async ValueTask<BlockList> ReadListAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken);
            // The answer's body has no ETag of its own: the header's is that of the blob.
            return new BlockList(
                [.. answer.Value.CommittedBlocks.Select(block => block.Name)], answer.Value.CommittedBlocks.Sum(block => block.SizeLong),
                answer.GetRawResponse().Headers.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return BlockList.Absent;
        }
    }

    // Of an account with a hierarchical namespace.
    private static bool IsFolder(BlobItem blob) => blob.Metadata is { } metadata && metadata.TryGetValue("hdi_isfolder", out var folder) && folder == "true";
}
