using System.Buffers;

namespace Snowplow.Events;

/// <summary>Buffers that are kept to be written anew, as long as they are small.</summary>
public static class KeptBuffer
{
    /// <summary>The buffer, emptied for what comes next; another one in its place where it has grown large.</summary>
    /// <param name="buffer">The buffer; nobody may read what it holds any more.</param>
    /// <param name="mostBytes">The largest capacity that is kept.</param>
    /// <returns>What to write to in its place from here on.</returns>
    public static ArrayBufferWriter<byte> Emptied(this ArrayBufferWriter<byte> buffer, int mostBytes)
    {
        if (buffer.Capacity > mostBytes) return new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        return buffer;
    }
}
