using System.Runtime.CompilerServices;

namespace Snowplow.Enrich.Mmdb;

/// <summary>
/// Reads the data section of a MaxMind DB: each value is a control byte with type and size, and its content. Reading outside the
/// section throws what spans throw, which <see cref="MmdbDatabase"/> turns into an <see cref="MmdbException"/>.
/// </summary>
/// <param name="section">The section; pointers count from its first byte.</param>
internal readonly ref struct MmdbData(ReadOnlySpan<byte> section)
{
    // Deeper nesting is not written by anybody, and would end the stack before the section ends.
    private const int MaxDepth = 128;

    // Sizes of fixed types; -1 where any size may be.
    private static ReadOnlySpan<sbyte> MaxSizes => [-1, -1, -1, 8, -1, 2, 4, -1, 4, 8, 16, -1, -1, -1, 1, 4];

    /// <summary>The section.</summary>
    public ReadOnlySpan<byte> Section { get; } = section;

    /// <summary>Reads the value at a place, following a pointer.</summary>
    /// <param name="at">The place; then the one behind the value's header or pointer, where the next value is only for scalars and
    /// pointers (<see cref="Skip(int)"/>).</param>
    /// <param name="isPointed">Whether it was a pointer, so that <paramref name="at"/> is behind the value already.</param>
    public MmdbValue Read(ref int at, out bool isPointed)
    {
        var value = ReadHeader(ref at, out isPointed);
        if (!isPointed) return value;
        var target = value.Start;
        value = ReadHeader(ref target, out var again);
        return again ? throw new MmdbException("a pointer leads to a pointer") : value;
    }

    /// <summary>Goes behind the value at a place.</summary>
    public int Skip(int at) => Skip(at, MaxDepth);

    /// <summary>Goes behind a value that was read without a pointer.</summary>
    public int End(MmdbValue value) => End(value, MaxDepth);

    private int Skip(int at, int depth)
    {
        var value = ReadHeader(ref at, out var isPointed);
        return isPointed ? at : End(value, depth);
    }

    private int End(MmdbValue value, int depth)
    {
        if (depth == 0) throw new MmdbException($"values nest more than {MaxDepth} levels");
        var at = value.Start;
        switch (value.Type)
        {
            case MmdbType.Map:
                for (var i = 0; i < value.Size; i++) at = Skip(Skip(at, depth - 1), depth - 1);
                return at;
            case MmdbType.Array:
                for (var i = 0; i < value.Size; i++) at = Skip(at, depth - 1);
                return at;
            case MmdbType.Boolean:
                return at;
            default:
                at += value.Size;
                return at <= Section.Length ? at : throw new MmdbException("a value ends outside the data section");
        }
    }

    // For a pointer, Start is where it leads.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MmdbValue ReadHeader(ref int at, out bool isPointer)
    {
        var control = Section[at++];
        var type = (MmdbType)(control >> 5);
        if (isPointer = type == MmdbType.Pointer) return new MmdbValue(type, ReadPointer(control, ref at), 0);
        if (type == MmdbType.Extended)
        {
            type = (MmdbType)(Section[at++] + 7);
            if (type is < MmdbType.Int32 or > MmdbType.Float) throw new MmdbException($"a value has the unknown type {(int)type}");
        }

        var size = control & 0x1f;
        if (size >= 29) size = ReadSize(size, ref at);
        var most = MaxSizes[(int)type];
        if (most >= 0 && (size > most || (type is MmdbType.Double or MmdbType.Float && size != most)))
            throw new MmdbException($"a value of type {type} has {size} bytes");
        return new MmdbValue(type, at, size);
    }

    private int ReadSize(int code, ref int at)
    {
        switch (code)
        {
            case 29:
                return 29 + Section[at++];
            case 30:
                at += 2;
                return 285 + (Section[at - 2] << 8 | Section[at - 1]);
            default:
                at += 3;
                return 65821 + (Section[at - 3] << 16 | Section[at - 2] << 8 | Section[at - 1]);
        }
    }

    private int ReadPointer(byte control, ref int at)
    {
        var high = control & 7;
        uint target;
        switch ((control >> 3) & 3)
        {
            case 0:
                target = (uint)(high << 8 | Section[at]);
                at += 1;
                break;
            case 1:
                target = (uint)(high << 16 | Section[at] << 8 | Section[at + 1]) + 2048;
                at += 2;
                break;
            case 2:
                target = (uint)(high << 24 | Section[at] << 16 | Section[at + 1] << 8 | Section[at + 2]) + 526336;
                at += 3;
                break;
            default:
                target = (uint)(Section[at] << 24 | Section[at + 1] << 16 | Section[at + 2] << 8 | Section[at + 3]);
                at += 4;
                break;
        }

        return target < (uint)Section.Length ? (int)target : throw new MmdbException("a pointer leads outside the data section");
    }
}
