using System.IO.Hashing;
using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Hashes;

/// <summary><c>hash</c>: a hash (xxHash64); with a number, its remainder.</summary>
internal static class Hash
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("hash", 1, "A hash (xxHash64); with a number, its remainder.")
        .Alias("hash_xxhash64")
        .Row(KqlType.Long, [null], row => Of(row[0]))
        .Row(KqlType.Long, [null, KqlType.Long], row => row[1] is long and > 0 and var count ? (long)((ulong)Of(row[0]) % (ulong)count) : null);

    public static long Of(object? value) => (long)XxHash64.HashToUInt64(value switch
    {
        int number => BitConverter.GetBytes((long)number),
        long number => BitConverter.GetBytes(number),
        double number => BitConverter.GetBytes(number),
        DateTime time => BitConverter.GetBytes(time.Ticks),
        TimeSpan span => BitConverter.GetBytes(span.Ticks),
        bool flag => [flag ? (byte)1 : (byte)0],
        Guid guid => guid.ToByteArray(),
        _ => Encoding.UTF8.GetBytes(DynamicValue.Text(value)),
    });
}
