using System.Buffers;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Query.Folder;

/// <summary>Gathers lines and makes extents of them, some megabytes each.</summary>
/// <param name="read">Makes a table of lines, and keeps nothing of their memory.</param>
/// <param name="chunkBytes">From how many bytes on lines make an extent.</param>
internal sealed class LineChunks(Func<ReadOnlyMemory<byte>, Table> read, int chunkBytes = 32 << 20)
{
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<Extent> _extents = [];

    /// <summary>Adds lines, each ended by a line feed.</summary>
    public void Add(ReadOnlySpan<byte> lines)
    {
        _lines.Write(lines);
        if (_lines.WrittenCount >= chunkBytes) Read();
    }

    /// <summary>Adds a line that is not ended.</summary>
    public void AddLine(ReadOnlySpan<byte> line)
    {
        _lines.Write(line);
        Add("\n"u8);
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
