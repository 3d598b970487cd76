using Snowplow.Storage.Landing;

namespace Snowplow.Storage.Tests.Landing;

public sealed class Crc32Tests
{
    [Fact]
    public void Compute_OfTheCheckString_IsTheCheckValue() => Crc32.Compute("123456789"u8).ShouldBe(0xCBF43926);

    [Fact]
    public void Compute_OfAnyLength_EqualsTheDefinition()
    {
        var data = new byte[200];
        new Random(1).NextBytes(data);
        for (var length = 0; length <= data.Length; length++)
            Crc32.Compute(data.AsSpan(0, length)).ShouldBe(Definition(data.AsSpan(0, length)), $"length {length}");
    }

    private static uint Definition(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
