using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// Reads the members of one file in order, found by their stated lengths. What is not a whole member is an unfinished
/// tail if nothing valid follows it, and damage otherwise. Not thread-safe.
/// </summary>
internal sealed class MemberReader(IBlobStore blobs, string file, PartitionName partition, long offset = 0)
{
    private const int WindowBytes = 256 * 1024;
    private const int FirstWindowBytes = 4 * 1024;

    private byte[] _window = [];
    private long _windowStart;
    private int _windowLength;
    private long _length;

    /// <summary>Where the member at hand begins: the end of the members that were skipped.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>What was found at <see cref="Offset"/> when reading ended there: bytes that are no whole member, up to the file's end. Empty at a clean end.</summary>
    public ReadOnlyMemory<byte> UnfinishedTail { get; private set; }

    /// <summary>The member at hand; null at the end and at an unfinished tail.</summary>
    /// <param name="withContent">Whether the content is wanted. The last member of a file is checked in any case: it may be torn and yet have its full length.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LandingCorruptException">The file is damaged here; or the member is another partition's, or of a newer version.</exception>
    public async ValueTask<Member?> ReadAsync(bool withContent, CancellationToken cancellationToken)
    {
        UnfinishedTail = default;
        var bytes = await FillAsync(MemberHeader.MaxLength, cancellationToken);
        if (bytes.Count == 0) return null;
        if (MemberHeader.TryRead(bytes) is { } header)
        {
            Check(header);
            var end = Offset + header.MemberLength;
            if (end >= _length) _length = await blobs.GetLengthAsync(file, cancellationToken) ?? 0;
            if (!withContent && end < _length) return new Member(header, null);

            // Header and content must be of one view of the file: between two, a torn tail may have been replaced.
            bytes = await FillAsync(header.MemberLength, cancellationToken);
            if (MemberHeader.TryRead(bytes) == header && TryReadContent(bytes, header) is { } content) return new Member(header, content);
        }

        return await JudgeTailAsync(cancellationToken);
    }

    /// <summary>Goes to the next member.</summary>
    public void Skip(Member member) => Offset += member.Header.MemberLength;

    /// <summary>All bytes from <see cref="Offset"/> to the end.</summary>
    public async ValueTask<ArraySegment<byte>> ReadTailAsync(CancellationToken cancellationToken)
    {
        _length = await blobs.GetLengthAsync(file, cancellationToken) ?? 0;
        var tail = new byte[checked((int)Math.Max(0, _length - Offset))];
        return new ArraySegment<byte>(tail, 0, await blobs.ReadAsync(file, Offset, tail, cancellationToken));
    }

    public LandingCorruptException Corrupt(string problem) => new(file, Offset, problem);

    // Something is wrong with what was seen at Offset, perhaps only as others were writing. The verdict is on one copy of
    // the rest of the file, and what is called unfinished, and may be cut, is that very copy.
    private async ValueTask<Member?> JudgeTailAsync(CancellationToken cancellationToken)
    {
        var tail = await ReadTailAsync(cancellationToken);
        (_window, _windowStart, _windowLength) = (tail.Array!, Offset, tail.Count);
        if (MemberHeader.TryRead(tail) is { } header)
        {
            Check(header);
            if (TryReadContent(tail, header) is { } content) return new Member(header, content);
            if (header.MemberLength < tail.Count) throw Corrupt("the member's data is damaged: it does not inflate to its length and CRC-32.");
        }
        else
        {
            CheckNothingFollows(tail);
        }

        UnfinishedTail = tail;
        return null;
    }

    // A header that cannot be read does not say where its member ends. If a readable one comes later, this is not the
    // torn end of the last append but damage in the midst of committed data, which must never be cut off.
    private void CheckNothingFollows(ReadOnlySpan<byte> tail)
    {
        for (var at = 1; at < tail.Length; at++)
        {
            var found = tail[at..].IndexOf(MemberHeader.Magic);
            if (found < 0) return;
            at += found;
            if (MemberHeader.TryRead(tail[at..]) is not null)
                throw Corrupt($"the member's header is damaged, and another member follows at byte {Offset + at}.");
        }
    }

    private void Check(MemberHeader header)
    {
        if (header.Version is < MemberHeader.OldestVersion or > MemberHeader.CurrentVersion)
            throw Corrupt($"it has layout {header.Version}, of a newer version of this software, which knows layouts up to {MemberHeader.CurrentVersion}.");
        if (header.Partition != partition)
            throw Corrupt($"it belongs to partition {header.Partition}, not to {partition}.");
    }

    private static byte[]? TryReadContent(ArraySegment<byte> bytes, MemberHeader header) =>
        header.MemberLength <= bytes.Count ? GzipMember.TryReadContent(bytes[..header.MemberLength], header) : null;

    // The bytes from Offset on, at least as many as asked for if the file has them.
    private async ValueTask<ArraySegment<byte>> FillAsync(int count, CancellationToken cancellationToken)
    {
        var skip = Offset - _windowStart;
        if (skip < 0 || skip + count > _windowLength)
        {
            // A look at the end of a file, as after every append, finds nothing and needs no large window.
            var wanted = Math.Max(count, _window.Length == 0 ? FirstWindowBytes : WindowBytes);
            if (_window.Length < wanted) _window = new byte[wanted];
            _windowLength = await blobs.ReadAsync(file, Offset, _window, cancellationToken);
            _windowStart = Offset;
            skip = 0;
        }

        return new ArraySegment<byte>(_window, (int)skip, (int)(_windowLength - skip));
    }
}
