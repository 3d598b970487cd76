using System.Buffers.Binary;
using System.Text;

namespace Snowplow.Enrich.Mmdb;

/// <summary>
/// The fields that somebody wants of a record, found in one pass over it: what is not wanted is passed over undecoded, and a map is
/// left as soon as nothing more of it is wanted. Immutable and thread-safe.
/// </summary>
internal sealed class MmdbFields
{
    private readonly Node _root = new([]);

    /// <summary>Prepares the search.</summary>
    /// <param name="paths">Names with dots between, such as <c>location.latitude</c>. Of a list the last item counts, written
    /// <c>[]</c>: <c>subdivisions.[].iso_code</c>.</param>
    public MmdbFields(params string[] paths)
    {
        Count = paths.Length;
        for (var slot = 0; slot < paths.Length; slot++)
        {
            var node = _root;
            foreach (var name in paths[slot].Split('.')) node = node.Child(Encoding.UTF8.GetBytes(name));
            node.Slot = slot;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Finds them in the record at a place.</summary>
    /// <param name="data">The data section.</param>
    /// <param name="at">Where the record begins.</param>
    /// <param name="values">Receives one value a path, in the order of the paths; <c>default</c> where the record has none.</param>
    public void Read(MmdbData data, int at, Span<MmdbValue> values)
    {
        values.Clear();
        Visit(data, _root, ref at, values, isLast: true);
    }

    // Takes what is wanted of the value at a place and goes behind it, unless nothing behind it is wanted.
    private static void Visit(MmdbData data, Node node, ref int at, Span<MmdbValue> values, bool isLast)
    {
        var value = data.Read(ref at, out var isPointed);
        if (node.Slot >= 0) values[node.Slot] = value;
        var goesOn = !isPointed && !isLast;
        var end = node.ChildCount > 0 ? VisitItems(data, node, value, values, goesOn) : goesOn ? data.End(value) : at;
        if (goesOn) at = end;
    }

    private static int VisitItems(MmdbData data, Node node, MmdbValue value, Span<MmdbValue> values, bool goesOn) => value.Type switch
    {
        MmdbType.Map => VisitMap(data, node, value, values, goesOn),
        MmdbType.Array when value.Size > 0 && node.Find("[]"u8) is { } last => VisitLast(data, last, value, values, goesOn),
        _ => goesOn ? data.End(value) : value.Start,
    };

    private static int VisitMap(MmdbData data, Node node, MmdbValue map, Span<MmdbValue> values, bool goesOn)
    {
        var at = map.Start;
        var wanted = node.ChildCount;
        for (var entry = map.Size; entry > 0; entry--)
        {
            if (node.Find(data.ReadKey(ref at)) is { } child)
            {
                var isLast = --wanted == 0 && !goesOn;
                Visit(data, child, ref at, values, isLast);
                if (isLast) return at;
            }
            else
            {
                at = data.Skip(at);
            }
        }

        return at;
    }

    private static int VisitLast(MmdbData data, Node last, MmdbValue array, Span<MmdbValue> values, bool goesOn)
    {
        var at = array.Start;
        for (var i = 0; i < array.Size - 1; i++) at = data.Skip(at);
        Visit(data, last, ref at, values, isLast: !goesOn);
        return at;
    }

    // Children stand in chains by the length of their names: most keys of a record have a length that no wanted one has.
    private sealed class Node(byte[] name)
    {
        private const int Lengths = 32;

        private readonly byte[] _name = name;
        private readonly ulong _head = Head(name);
        private readonly Node?[] _ofLength = new Node?[Lengths];
        private Node? _next;

        public int Slot { get; set; } = -1;

        public int ChildCount { get; private set; }

        public Node Child(byte[] wanted)
        {
            if (Find(wanted) is { } known) return known;
            ref var first = ref _ofLength[wanted.Length % Lengths];
            ChildCount++;
            return first = new Node(wanted) { _next = first };
        }

        public Node? Find(ReadOnlySpan<byte> wanted)
        {
            var child = _ofLength[wanted.Length % Lengths];
            if (child is null) return null;
            for (var head = Head(wanted); child is not null; child = child._next)
            {
                // Of names of one length, the head tells all where it is the whole name.
                if (child._head == head && wanted.Length == child._name.Length && (wanted.Length <= sizeof(ulong) || wanted.SequenceEqual(child._name)))
                    return child;
            }

            return null;
        }

        // The first eight bytes or, of a shorter name, all of them.
        private static ulong Head(ReadOnlySpan<byte> name)
        {
            if (name.Length >= 8) return BinaryPrimitives.ReadUInt64LittleEndian(name);
            if (name.Length >= 4) return (ulong)BinaryPrimitives.ReadUInt32LittleEndian(name) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]);
            ulong head = 0;
            foreach (var b in name) head = head << 8 | b;
            return head;
        }
    }
}
