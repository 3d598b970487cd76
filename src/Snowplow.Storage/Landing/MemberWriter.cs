using System.IO.Compression;
using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>Appends members where they are expected, and cuts off what is none. Keeps its buffer; not thread-safe.</summary>
#pragma warning disable CA1001 // A stream over memory has nothing to release.
internal sealed class MemberWriter(IBlobStore blobs, CompressionLevel level)
#pragma warning restore CA1001
{
    // The member being written; kept, as the next will be about as large.
    private readonly MemoryStream _buffer = new();

    /// <summary>Appends one member.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The length that the file must have.</param>
    /// <param name="header">The member's header; its lengths are filled in.</param>
    /// <param name="content">The member's content.</param>
    /// <param name="cancellationToken">Ends the wait; the member may be stored all the same.</param>
    /// <returns>The member's length.</returns>
    /// <exception cref="LandingConflictException">The file has another length.</exception>
    public async ValueTask<int> AppendAsync(
        LandingPath file, long offset, MemberHeader header, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var member = GzipMember.Write(_buffer, header, content.Span, level);
        var name = file.ToString();
        if (!await blobs.TryAppendAsync(name, offset, member, cancellationToken)) throw new LandingConflictException(name, offset);
        return member.Length;
    }

    /// <summary>Cuts a file to a length, if what follows it is still the given tail.</summary>
    /// <exception cref="LandingConflictException">Something else follows.</exception>
    public async ValueTask CutAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        if (!await blobs.TryTruncateAsync(name, length, tail, cancellationToken)) throw new LandingConflictException(name, length);
    }
}
