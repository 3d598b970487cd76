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

    // From here on, the size in a control byte says how to read the size behind it.
    private const int LongSize = 29;

    // Sizes of fixed types; -1 where any size may be.
    private static ReadOnlySpan<sbyte> MaxSizes => [-1, -1, -1, 8, -1, 2, 4, -1, 4, 8, 16, -1, -1, -1, 1, 4];

    // By the control byte, the length of a pointer or of a short text, number or byte string with it; 0 where more must be looked at.
    private static ReadOnlySpan<byte> PlainLengths =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5,
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 0, 0, 0,
        1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

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

    /// <summary>Reads the key of a map's entry and goes to the entry's value.</summary>
    public ReadOnlySpan<byte> ReadKey(ref int at)
    {
        // Nearly all keys are pointers to short texts.
        var control = Section[at];
        if (control >> 5 == (int)MmdbType.Pointer)
        {
            var behind = at + 1;
            var start = ReadPointer(control, ref behind);
            control = Section[start++];
            if (control >> 5 == (int)MmdbType.Text && (control & 0x1f) < LongSize)
            {
                at = behind;
                return Section.Slice(start, control & 0x1f);
            }
        }

        var key = Read(ref at, out var isPointed);
        if (key.Type != MmdbType.Text) throw new MmdbException("a map has a key that is no text");
        if (!isPointed) at = key.Start + key.Size;
        return key.Text(Section);
    }

    /// <summary>Goes behind the value at a place.</summary>
    public int Skip(int at)
    {
        var plain = PlainLengths[Section[at]];
        return plain > 0 && plain <= Section.Length - at ? at + plain : Skip(at, MaxDepth);
    }

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
        if (size >= LongSize) size = ReadSize(size, ref at);
        var most = MaxSizes[(int)type];
        if (most >= 0 && (size > most || (type is MmdbType.Double or MmdbType.Float && size != most)))
            throw new MmdbException($"a value of type {type} has {size} bytes");
        return new MmdbValue(type, at, size);
    }

    private int ReadSize(int code, ref int at)
    {
        switch (code)
        {
            case LongSize:
                return LongSize + Section[at++];
            case 30:
                at += 2;
                return 285 + (Section[at - 2] << 8 | Section[at - 1]);
            default:
                at += 3;
                return 65821 + (Section[at - 3] << 16 | Section[at - 2] << 8 | Section[at - 1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
