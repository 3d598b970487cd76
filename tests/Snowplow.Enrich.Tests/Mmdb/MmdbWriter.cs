using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Tests.Mmdb;

/// <summary>Writes small MaxMind databases: networks of an IPv6 tree, with JSON records (texts, numbers, maps, lists, booleans).</summary>
internal sealed class MmdbWriter(int recordBits)
{
    // A tree of two records a node: negative for a record of the data section, 0 for none, else a node.
    private readonly List<int[]> _nodes = [[0, 0]];
    private readonly MemoryStream _data = new();
    private readonly List<int> _records = [];

    public MmdbWriter Add(string network, JsonNode record)
    {
        var parts = network.Split('/');
        var address = IPAddress.Parse(parts[0]);
        var (bytes, bits) = (new byte[16], int.Parse(parts[1]));
        var raw = address.GetAddressBytes();
        raw.CopyTo(bytes, 16 - raw.Length);
        if (raw.Length == 4) bits += 96;
        _records.Add((int)_data.Length);
        Write(_data, record);
        var node = 0;
        for (var i = 0; i < bits; i++)
        {
            var side = bytes[i / 8] >> (7 - i % 8) & 1;
            if (i == bits - 1)
            {
                _nodes[node][side] = -_records.Count;
            }
            else
            {
                if (_nodes[node][side] <= 0)
                {
                    var inherited = _nodes[node][side];
                    _nodes.Add([inherited, inherited]);
                    _nodes[node][side] = _nodes.Count - 1;
                }

                node = _nodes[node][side];
            }
        }

        return this;
    }

    public void Save(string path)
    {
        var file = new MemoryStream();
        foreach (var node in _nodes) WriteNode(file, Leads(node[0]), Leads(node[1]));
        file.Write(new byte[16]);
        _data.WriteTo(file);
        file.Write([0xab, 0xcd, 0xef, .. "MaxMind.com"u8]);
        Write(file, new JsonObject
        {
            ["binary_format_major_version"] = 2, ["binary_format_minor_version"] = 0, ["build_epoch"] = 1_772_366_400, ["database_type"] = "Test",
            ["ip_version"] = 6, ["languages"] = new JsonArray("en"), ["node_count"] = _nodes.Count, ["record_size"] = recordBits,
        });
        File.WriteAllBytes(path, file.ToArray());
    }

    private int Leads(int record) => record > 0 ? record : record == 0 ? _nodes.Count : _nodes.Count + 16 + _records[-record - 1];

    private void WriteNode(Stream file, int left, int right)
    {
        if (recordBits == 24) file.Write([(byte)(left >> 16), (byte)(left >> 8), (byte)left, (byte)(right >> 16), (byte)(right >> 8), (byte)right]);
        else if (recordBits == 28)
            file.Write([(byte)(left >> 16), (byte)(left >> 8), (byte)left, (byte)((left >> 24) << 4 | right >> 24), (byte)(right >> 16), (byte)(right >> 8), (byte)right]);
        else
        {
            Span<byte> both = stackalloc byte[8];
            BinaryPrimitives.WriteInt32BigEndian(both, left);
            BinaryPrimitives.WriteInt32BigEndian(both[4..], right);
            file.Write(both);
        }
    }

    private static void Write(Stream output, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                Header(output, 7, map.Count);
                foreach (var (name, item) in map)
                {
                    Text(output, name);
                    Write(output, item);
                }

                break;
            case JsonArray list:
                Header(output, 11, list.Count);
                foreach (var item in list) Write(output, item);
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                Text(output, text.GetValue<string>());
                break;
            case JsonValue flag when flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                Header(output, 14, flag.GetValue<bool>() ? 1 : 0);
                break;
            case JsonValue number when number.TryGetValue<int>(out var whole):
                Span<byte> four = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(four, whole);
                Header(output, 6, 4);
                output.Write(four);
                break;
            default:
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(eight, value!.GetValue<double>());
                Header(output, 3, 8);
                output.Write(eight);
                break;
        }
    }

    private static void Text(Stream output, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Header(output, 2, utf8.Length);
        output.Write(utf8);
    }

    // Sizes from 29 on have a byte of their own; larger ones are not written here.
    private static void Header(Stream output, int type, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 284);
        output.WriteByte((byte)((type > 7 ? 0 : type << 5) | Math.Min(size, 29)));
        if (type > 7) output.WriteByte((byte)(type - 7));
        if (size >= 29) output.WriteByte((byte)(size - 29));
    }
}
