using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Enrich.Mmdb;

namespace Snowplow.Enrich.Tests.Mmdb;

/// <summary>Decodes whole records, to compare them with what they were made of.</summary>
internal static class MmdbJson
{
    public static JsonNode? Read(MmdbData data, int at) => Read(data, ref at, 0);

    private static JsonNode? Read(MmdbData data, ref int at, int depth)
    {
        if (depth > 100) throw new MmdbException("it nests endlessly");
        var value = data.Read(ref at, out var isPointed);
        var end = value.Start;
        JsonNode? node;
        switch (value.Type)
        {
            case MmdbType.Map:
                var map = new JsonObject();
                for (var i = 0; i < value.Size; i++)
                {
                    var key = Read(data, ref end, depth + 1)!.GetValue<string>();
                    map[key] = Read(data, ref end, depth + 1);
                }

                node = map;
                break;
            case MmdbType.Array:
                var list = new JsonArray();
                for (var i = 0; i < value.Size; i++) list.Add(Read(data, ref end, depth + 1));
                node = list;
                break;
            default:
                node = Scalar(data.Section, value);
                end = data.End(value);
                break;
        }

        if (!isPointed) at = end;
        return node;
    }

    private static JsonNode? Scalar(ReadOnlySpan<byte> section, MmdbValue value) => value.Type switch
    {
        MmdbType.Text => JsonValue.Create(Encoding.UTF8.GetString(value.Text(section))),
        MmdbType.Double or MmdbType.Float => JsonValue.Create(value.Number(section)!.Value),
        MmdbType.UInt16 or MmdbType.UInt32 or MmdbType.UInt64 => JsonValue.Create(value.Unsigned(section)!.Value),
        MmdbType.Int32 => JsonValue.Create(Int32(section.Slice(value.Start, value.Size))),
        MmdbType.UInt128 or MmdbType.Bytes => JsonValue.Create(Convert.ToHexString(section.Slice(value.Start, value.Size))),
        MmdbType.Boolean => JsonValue.Create(value.Size == 1),
        _ => throw new MmdbException($"a record holds a {value.Type}"),
    };

    private static int Int32(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[4];
        whole.Clear();
        bytes.CopyTo(whole[(4 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt32BigEndian(whole);
    }
}
