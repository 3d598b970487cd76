using System.Buffers;
using System.Runtime.InteropServices;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Writes a value so that two values are equal in the sense of JSON Schema (draft-04 core §3.6) exactly when their bytes are:
/// numbers by value, strings without escapes and with their length in front, objects sorted by name.
/// Where an object has a name twice, the last one counts.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Reads one value and appends its canonical form; false on a fault of the text.</summary>
    public static bool TryAppend(ref JsonCursor cursor, ref ByteBuffer output)
    {
        switch (cursor.Peek())
        {
            case JsonTypes.String:
                return TryAppendString(ref cursor, ref output);
            case JsonTypes.Number:
                if (!cursor.ReadNumber(out var number, out _))
                    return false;
                JsonNumber.Parse(number).AppendCanonical(ref output);
                return true;
            case JsonTypes.Boolean or JsonTypes.Null:
                var start = cursor.Position;
                if (!cursor.ReadLiteral())
                    return false;
                output.Append(cursor.Since(start));
                return true;
            case JsonTypes.Array when cursor.Enter():
                return TryAppendItems(ref cursor, ref output);
            case JsonTypes.Object when cursor.Enter():
                return TryAppendMembers(ref cursor, ref output);
            default:
                return false;
        }
    }

    private static bool TryAppendString(ref JsonCursor cursor, ref ByteBuffer output)
    {
        if (!cursor.ReadString(out var raw, out var escaped))
            return false;

        AppendText(raw, escaped, ref output);
        return true;
    }

    private static void AppendText(ReadOnlySpan<byte> raw, bool escaped, ref ByteBuffer output)
    {
        using var text = new ByteBuffer(raw.Length);
        if (escaped)
            raw = text.Reserve(raw.Length)[..JsonText.Unescape(raw, text.Reserve(raw.Length))];

        output.Append((byte)'"');
        output.Append(raw.Length);
        output.Append((byte)':');
        output.Append(raw);
    }

    private static bool TryAppendItems(ref JsonCursor cursor, ref ByteBuffer output)
    {
        var isFirst = true;
        output.Append((byte)'[');
        while (cursor.NextItem(ref isFirst))
        {
            if (!TryAppend(ref cursor, ref output))
                return false;
            output.Append((byte)',');
        }

        output.Append((byte)']');
        return !cursor.Failed;
    }

    private static bool TryAppendMembers(ref JsonCursor cursor, ref ByteBuffer output)
    {
        var members = new ByteBuffer(256);
        var places = ArrayPool<Member>.Shared.Rent(8);
        var count = 0;
        var isFirst = true;
        while (cursor.NextProperty(ref isFirst, out var name, out var escaped))
        {
            var start = members.Length;
            AppendText(name, escaped, ref members);
            var nameEnd = members.Length;
            if (!TryAppend(ref cursor, ref members))
                break;

            if (count == places.Length)
                places = Grow(places);
            places[count++] = new Member(start, nameEnd, members.Length);
        }

        if (!cursor.Failed)
            AppendSorted(members.Array, places.AsSpan(0, count), ref output);
        ArrayPool<Member>.Shared.Return(places);
        members.Dispose();
        return !cursor.Failed;
    }

    private static void AppendSorted(byte[] bytes, Span<Member> members, ref ByteBuffer output)
    {
        var order = new NameOrder(bytes);
        SmallSort.Sort(members, order);
        output.Append((byte)'{');
        for (var index = 0; index < members.Length; index++)
        {
            var isOverridden = index + 1 < members.Length && order.CompareNames(members[index], members[index + 1]) == 0;
            if (!isOverridden)
                output.Append(bytes.AsSpan(members[index].Start..members[index].End));
        }

        output.Append((byte)'}');
    }

    private static Member[] Grow(Member[] places)
    {
        var larger = ArrayPool<Member>.Shared.Rent(places.Length * 2);
        places.CopyTo(larger, 0);
        ArrayPool<Member>.Shared.Return(places);
        return larger;
    }

    /// <summary>Where a member's name and value lie in the buffer of its object's members.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Member(int Start, int NameEnd, int End);

    /// <summary>By name, then by place, so that equal names keep the order in which they were written.</summary>
    private readonly struct NameOrder(byte[] bytes) : IComparer<Member>
    {
        public int Compare(Member x, Member y)
        {
            var byName = CompareNames(x, y);
            return byName != 0 ? byName : x.Start.CompareTo(y.Start);
        }

        public int CompareNames(Member x, Member y) =>
            bytes.AsSpan(x.Start..x.NameEnd).SequenceCompareTo(bytes.AsSpan(y.Start..y.NameEnd));
    }
}
