using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Snowplow.Azure.Blobs;

/// <summary>
/// Names for blocks that no other writer gives: two writers who stage a block of one name for one blob would replace each other's bytes.
/// All are of one length, as the service demands. Thread-safe.
/// </summary>
internal sealed class BlockNames
{
    private readonly byte[] _writer = RandomNumberGenerator.GetBytes(10);
    private long _last;

    public string Next()
    {
        Span<byte> name = stackalloc byte[18];
        _writer.CopyTo(name);
        BinaryPrimitives.WriteInt64BigEndian(name[10..], Interlocked.Increment(ref _last));
        return Convert.ToBase64String(name);
    }
}
