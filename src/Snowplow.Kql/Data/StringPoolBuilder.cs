using System.Buffers;

namespace Snowplow.Kql.Data;

/// <summary>Puts strings that are known to differ into a pool, one after the other.</summary>
/// <param name="count">How many there will be.</param>
internal sealed class StringPoolBuilder(int count)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(Math.Max(256, 8 * count));
    private readonly int[] _ends = new int[count];
    private int _count;

    public void Add(ReadOnlySpan<byte> utf8)
    {
        _bytes.Write(utf8);
        _ends[_count++] = _bytes.WrittenCount;
    }

    public StringPool Finish() => new(_bytes.WrittenSpan.ToArray(), _ends, _count, true);
}
