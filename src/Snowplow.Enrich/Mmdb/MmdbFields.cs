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
        Visit(data, _root, data.Read(ref at, out _), values);
    }

    private static void Visit(MmdbData data, Node node, MmdbValue value, Span<MmdbValue> values)
    {
        if (node.Slot >= 0) values[node.Slot] = value;
        if (node.Children.Length == 0) return;
        if (value.Type == MmdbType.Map) VisitMap(data, node, value, values);
        else if (value.Type == MmdbType.Array && value.Size > 0 && node.Find("[]"u8) is { } last) VisitLast(data, last, value, values);
    }

    private static void VisitMap(MmdbData data, Node node, MmdbValue map, Span<MmdbValue> values)
    {
        var at = map.Start;
        var wanted = node.Children.Length;
        for (var entry = 0; entry < map.Size; entry++)
        {
            var key = data.Read(ref at, out var isPointed);
            if (key.Type != MmdbType.Text) throw new MmdbException("a map has a key that is no text");
            if (!isPointed) at = key.Start + key.Size;
            if (node.Find(key.Text(data.Section)) is not { } child)
            {
                at = data.Skip(at);
                continue;
            }

            var value = data.Read(ref at, out isPointed);
            Visit(data, child, value, values);
            if (--wanted == 0) return;
            if (!isPointed) at = data.End(value);
        }
    }

    private static void VisitLast(MmdbData data, Node last, MmdbValue array, Span<MmdbValue> values)
    {
        var at = array.Start;
        for (var i = 0; i < array.Size - 1; i++) at = data.Skip(at);
        Visit(data, last, data.Read(ref at, out _), values);
    }

    private sealed class Node(byte[] name)
    {
        // The bit of a length is set where a child's name has it, modulo 64.
        private ulong _lengths;

        public int Slot { get; set; } = -1;

        public Node[] Children { get; private set; } = [];

        public Node Child(byte[] wanted)
        {
            if (Find(wanted) is { } known) return known;
            var child = new Node(wanted);
            Children = [.. Children, child];
            _lengths |= 1UL << wanted.Length;
            return child;
        }

        public Node? Find(ReadOnlySpan<byte> wanted)
        {
            // Most keys of a record have a length that no wanted one has.
            if ((_lengths >> wanted.Length & 1) == 0) return null;
            foreach (var child in Children)
            {
                if (wanted.SequenceEqual(child.Name)) return child;
            }

            return null;
        }

        private byte[] Name { get; } = name;
    }
}
