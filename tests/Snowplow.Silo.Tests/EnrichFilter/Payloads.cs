using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;
using Snowplow.Silo.EnrichFilter;

namespace Snowplow.Silo.Tests.EnrichFilter;

/// <summary>Collector payloads as they come to commands.</summary>
internal static class Payloads
{
    /// <summary>A line of JSON with one page view, a GET; <paramref name="more"/> adds to its query string.</summary>
    public static string Line(int number, string more = "") => JsonSerializer.Serialize(new
    {
        ipAddress = "203.0.113.9",
        timestamp = 1772366400000 + number,
        collector = "test-1.0.0",
        path = "/i",
        querystring = string.Create(CultureInfo.InvariantCulture, $"e=pv&p=web&tv=js-4.0.0&url=https%3A%2F%2Fexample.com%2F{number}{more}"),
    });

    /// <summary>Lines of JSON.</summary>
    public static byte[] Lines(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    /// <summary>The same payloads as Thrift, each after its length.</summary>
    public static byte[] Thrift(params string[] lines)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
        {
            CollectorPayloadJson.TryRead(Encoding.UTF8.GetBytes(line), out var payload, out _).ShouldBeTrue();
            var thrift = PayloadRecord.Serialise(payload!, new ArrayBufferWriter<byte>());
            BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), thrift.Length);
            output.Advance(4);
            output.Write(thrift.Span);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Lines of enriched TSV without <c>etl_tstamp</c>, which the clock gives.</summary>
    public static string[] WithoutEtlTime(string enriched) =>
        [.. enriched.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join('\t', line.Split('\t').Index().Where(f => f.Index != 2).Select(f => f.Item)))];
}
