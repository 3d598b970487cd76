using System.Text;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class RecordLayoutTests
{
    [Fact]
    public void Crc32C_OfTheCheckString_IsThePublishedValue() => Crc32C.Of("123456789"u8).ShouldBe(0xE3069283u);

    [Fact]
    public void Crc32C_OfTwoParts_IsThatOfTheWhole()
    {
        var bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++) Crc32C.Of(Crc32C.Of(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)).ShouldBe(Crc32C.Of(bytes));
    }

    [Fact]
    public void Record_OfKnownContent_HasTheseBytes()
    {
        var record = new byte[RecordLayout.HeaderSize + 5];
        RecordLayout.Write(record, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "hello"u8, Crc32C.Of("hello"u8));
        RecordLayout.Seal(record, Crc32C.Of(Encoding.ASCII.GetBytes("0123456789abcdef")), 0x0102030405060708).ShouldBe(record.Length);

        Convert.ToHexStringLower(record).ShouldBe(
            "53505201" + "05000000" + "0807060504030201" + "00112233445566778899aabbccddeeff" + "4cbb719a" + "81415429" + "68656c6c6f");
    }

    [Fact]
    public void Header_OfAnotherLog_IsNotRead()
    {
        var record = new byte[RecordLayout.HeaderSize];
        RecordLayout.Write(record, Guid.NewGuid(), [], Crc32C.Of([]));
        RecordLayout.Seal(record, Crc32C.Of("one"u8), 7);

        RecordLayout.TryReadHeader(record, Crc32C.Of("one"u8), out var header).ShouldBeTrue();
        header.Position.ShouldBe(7);
        RecordLayout.TryReadHeader(record, Crc32C.Of("two"u8), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("alice", 4)]
    [InlineData("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", 4)]
    [InlineData("ключ", 5)]
    public void PartitionKeyHash_OfAKey_NeverChanges(string key, int expected) => PartitionKeyHash.Partition(key, 8).ShouldBe(expected);

    [Fact]
    public void PartitionKeyHash_OfManyKeys_SpreadsThemEvenly()
    {
        var random = new Random(5);
        var counts = new int[8];
        for (var n = 0; n < 80_000; n++) counts[PartitionKeyHash.Partition(new Guid(RandomBytes(random)).ToString(), 8)]++;
        counts.ShouldAllBe(c => c > 9_500 && c < 10_500);
    }

    [Fact]
    public void PartitionKeyHash_OfALongKey_IsFound() => PartitionKeyHash.Partition(new string('x', 100_000), 8).ShouldBeInRange(0, 7);

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }
}
