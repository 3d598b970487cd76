namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Damages inputs at random, from a seed, so that a failure can be repeated.</summary>
internal sealed class Fuzz(int seed)
{
    private static readonly byte[][] Tokens =
    [
        [.. "%"u8], [.. "&"u8], [.. "=="u8], [.. "\""u8], [.. "\\u"u8], [.. "\\ud800"u8], [.. "{"u8], [.. "}]"u8], [.. "[[[["u8], [.. "null"u8],
        [.. ",,"u8], [.. "\t"u8], [.. "\n"u8], [.. "\r\n"u8], [0], [0x7f], [0xff], [0xc3], [0xe2, 0x82], [.. "😀"u8], [.. "\u0085"u8],
        [.. "1e999999999"u8], [.. "-9223372036854775808"u8], [.. "iglu:"u8], [.. "jsonschema"u8], [.. "//"u8], [.. "#?"u8], [.. "[::1]"u8],
    ];

    private readonly Random _random = new(seed);

    /// <summary>How many inputs a target gets: a million in full size.</summary>
    public static int Cases(int smoke) =>
        Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 1_000_000 : smoke;

    public byte[] Bytes(int maxLength)
    {
        var bytes = new byte[_random.Next(maxLength)];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Removes, repeats, overwrites and inserts a few pieces.</summary>
    public byte[] Damage(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray().ToList();
        for (var times = _random.Next(1, 5); times > 0; times--)
        {
            var at = _random.Next(bytes.Count + 1);
            var length = Math.Min(_random.Next(8), bytes.Count - at);
            switch (_random.Next(5))
            {
                case 0: bytes.RemoveRange(at, length); break;
                case 1: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 2: bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]); break;
                case 3: bytes.InsertRange(at, Bytes(6)); break;
                default: if (length > 0) bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            }
        }

        return [.. bytes];
    }
}
