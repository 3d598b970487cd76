using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// Reads the members of one file in order, found by their stated lengths. What is not a whole member is an unfinished
/// tail if nothing valid follows it, and damage otherwise. Not thread-safe.
/// </summary>
internal sealed class MemberReader(IBlobStore blobs, string file, PartitionName partition, long offset = 0)
{
    private const int WindowBytes = 256 * 1024;

    private byte[] _window = [];
    private long _windowStart;
    private int _windowLength;
    private long _length;

    /// <summary>Where the member at hand begins: the end of the whole members before it.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Whether bytes follow <see cref="Offset"/> that are no whole member; set as reading ends.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>The header of the member at hand; null at the end and at an unfinished tail.</summary>
    /// <exception cref="LandingCorruptException">The file is damaged here, as whole members follow; or the member is not this partition's or of a newer version.</exception>
    public async ValueTask<MemberHeader?> PeekAsync(CancellationToken cancellationToken)
    {
        IsUnfinished = false;
        var available = await FillAsync(MemberHeader.MaxLength, cancellationToken);
        if (available.Count == 0) return null;

        var header = MemberHeader.TryRead(available);
        if (header is null)
        {
            await CheckNothingFollowsAsync(cancellationToken);
            IsUnfinished = true;
            return null;
        }

        if (header.Version != MemberHeader.CurrentVersion)
            throw Corrupt($"it has layout {header.Version}, of a newer version of this software, which knows layout {MemberHeader.CurrentVersion}.");
        if (header.Partition != partition)
            throw Corrupt($"it belongs to partition {header.Partition}, not to {partition}.");
        if (Offset + header.MemberLength > _length) await RefreshLengthAsync(cancellationToken);
        IsUnfinished = Offset + header.MemberLength > _length;
        return IsUnfinished ? null : header;
    }

    /// <summary>The content of the member at hand; null where it is damaged and the last, which makes it an unfinished tail.</summary>
    /// <exception cref="LandingCorruptException">The member is damaged, and others follow it.</exception>
    public async ValueTask<byte[]?> ReadContentAsync(MemberHeader header, CancellationToken cancellationToken)
    {
        var member = await FillAsync(header.MemberLength, cancellationToken);
        if (member.Count >= header.MemberLength && GzipMember.TryReadContent(member[..header.MemberLength], header) is { } content) return content;
        await RefreshLengthAsync(cancellationToken);
        if (Offset + header.MemberLength < _length) throw Corrupt("the member's data is damaged: it does not inflate to its length and CRC-32.");
        IsUnfinished = true;
        return null;
    }

    /// <summary>Whether the file ends with the member at hand, as far as is known.</summary>
    public bool IsLast(MemberHeader header) => Offset + header.MemberLength >= _length;

    /// <summary>Goes to the next member.</summary>
    public void Skip(MemberHeader header) => Offset += header.MemberLength;

    /// <summary>All bytes from <see cref="Offset"/> to the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadTailAsync(CancellationToken cancellationToken)
    {
        await RefreshLengthAsync(cancellationToken);
        var tail = new byte[checked((int)Math.Max(0, _length - Offset))];
        var read = await blobs.ReadAsync(file, Offset, tail, cancellationToken);
        return tail.AsMemory(0, read);
    }

    public LandingCorruptException Corrupt(string problem) => new(file, Offset, problem);

    // A header that cannot be read does not say where its member ends. If a readable one comes later, this is not the
    // torn end of the last append but damage in the midst of committed data, which must never be cut off.
    private async ValueTask CheckNothingFollowsAsync(CancellationToken cancellationToken)
    {
        var tail = await ReadTailAsync(cancellationToken);
        for (var at = 1; at < tail.Length; at++)
        {
            var found = tail.Span[at..].IndexOf(MemberHeader.Magic);
            if (found < 0) return;
            at += found;
            if (MemberHeader.TryRead(tail.Span[at..]) is not null)
                throw Corrupt($"the member's header is damaged, and another member follows at byte {Offset + at}.");
        }
    }

    private async ValueTask RefreshLengthAsync(CancellationToken cancellationToken) =>
        _length = await blobs.GetLengthAsync(file, cancellationToken) ?? 0;

    // The bytes from Offset on, at least as many as asked for if the file has them.
    private async ValueTask<ArraySegment<byte>> FillAsync(int count, CancellationToken cancellationToken)
    {
        var skip = Offset - _windowStart;
        if (skip < 0 || skip + count > _windowLength)
        {
            if (_window.Length < count) _window = new byte[Math.Max(count, WindowBytes)];
            _windowLength = await blobs.ReadAsync(file, Offset, _window, cancellationToken);
            _windowStart = Offset;
            skip = 0;
        }

        return new ArraySegment<byte>(_window, (int)skip, (int)(_windowLength - skip));
    }
}
