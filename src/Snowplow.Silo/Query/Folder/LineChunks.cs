using System.Buffers;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Query.Folder;

/// <summary>Gathers lines and makes extents of them, some megabytes each.</summary>
internal sealed class LineChunks(Func<ReadOnlyMemory<byte>, Table> read)
{
    private const int ChunkBytes = 32 << 20;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<Extent> _extents = [];

    /// <summary>Adds lines, each ended by a line feed.</summary>
    public void Add(ReadOnlySpan<byte> lines)
    {
        _lines.Write(lines);
        if (_lines.WrittenCount >= ChunkBytes) Read();
    }

    /// <summary>All extents.</summary>
    public IReadOnlyList<Extent> Finish()
    {
        Read();
        return _extents;
    }

    private void Read()
    {
        if (_lines.WrittenCount > 0) _extents.AddRange(read(_lines.WrittenMemory).Extents([]));
        _lines.ResetWrittenCount();
    }
}
