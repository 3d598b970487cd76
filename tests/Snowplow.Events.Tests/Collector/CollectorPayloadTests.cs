using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Snowplow.Events.Collector;

namespace Snowplow.Events.Tests.Collector;

public sealed class CollectorPayloadTests
{
    private static readonly CollectorPayload Full = new()
    {
        IpAddress = "203.0.113.7",
        TimestampMs = 1_893_499_200_123,
        Encoding = "UTF-8",
        Collector = "ssc-3.4.0-kafka",
        UserAgent = "Mozilla/5.0 ключ",
        RefererUri = "https://shop.example/",
        Path = "/com.snowplowanalytics.snowplow/tp2",
        Querystring = "",
        Body = new byte[] { 0, 0xff, (byte)'{' },
        Headers = ["Host: shop.example", "", "application/json"],
        ContentType = "application/json",
        Hostname = "shop.example",
        NetworkUserId = "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        Schema = CollectorPayload.SchemaUri,
        ExceededLimitBytes = 1_000_000,
        IsForget = true,
        CutFromBytes = 2_000_000,
    };

    [Fact]
    public void Write_OfAFewFields_GivesTheseBytes()
    {
        var payload = new CollectorPayload { IpAddress = "1.2", TimestampMs = 0x0102030405060708, Body = "ab"u8.ToArray(), Headers = ["A: b"], Schema = "s", ExceededLimitBytes = 10, IsForget = true, CutFromBytes = 20 };

        Convert.ToHexStringLower(Write(payload)).ShouldBe(
            "0b0064" + "00000003" + "312e32"                          // 100 ipAddress
            + "0a00c8" + "0102030405060708"                           // 200 timestamp
            + "0b0154" + "00000002" + "6162"                          // 340 body
            + "0f015e" + "0b" + "00000001" + "00000004" + "413a2062"  // 350 headers
            + "0b7a69" + "00000001" + "73"                            // 31337 schema
            + "087d00" + "0000000a"                                   // 32000 exceeded limit
            + "027d01" + "01"                                         // 32001 forget
            + "087d02" + "00000014"                                   // 32002 cut from
            + "00");
    }

    // The figures of the upstream collector's own size check.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_OfAThousandCharactersAlone_Takes1019Bytes(bool body)
    {
        var text = new string('a', 1000);
        var payload = body ? new CollectorPayload { Body = Encoding.ASCII.GetBytes(text) } : new CollectorPayload { Querystring = text };

        Write(payload).Length.ShouldBe(1019);
    }

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame() => ShouldBeSame(Read(Write(Full)), Full);

    [Fact]
    public void Read_OfNothingButATimestamp_LeavesTheRestNull()
    {
        var payload = new CollectorPayload { TimestampMs = 5 };

        ShouldBeSame(Read(Write(payload)), payload);
    }

    [Fact]
    public void Read_OfFieldsInReverseOrderAmongUnknownOnes_IsTheSame()
    {
        var record = Convert.FromHexString(
            "0b7a69" + "00000001" + "73"                // 31337 schema
            + "0c0001" + "080001" + "0000002a" + "00"   // unknown struct with an i32
            + "0d0002" + "0b08" + "00000001" + "00000001" + "6b" + "00000007"  // unknown map of string to i32
            + "0f0003" + "02" + "00000002" + "0101"     // unknown list of bool
            + "020004" + "01"                           // unknown bool
            + "040005" + "3ff0000000000000"             // unknown double
            + "0b0154" + "00000002" + "6162"            // 340 body
            + "0a00c8" + "0000000000000005"             // 200 timestamp
            + "00");

        ShouldBeSame(Read(record), new CollectorPayload { TimestampMs = 5, Body = "ab"u8.ToArray(), Schema = "s" });
    }

    [Fact]
    public void Read_OfARecordCutAnywhere_SaysWhere()
    {
        var record = Write(Full);
        for (var length = 0; length < record.Length; length++)
        {
            CollectorPayloadReader.TryRead(record.AsMemory(0, length), out var payload, out var error).ShouldBeFalse($"{length} bytes");
            payload.ShouldBeNull();
            error.ShouldNotBeNull().ShouldContain($" of {length}");
        }
    }

    [Theory]
    [InlineData("negative string length", "0b0064" + "ffffffff" + "00")]
    [InlineData("string longer than the record", "0b0064" + "7fffffff" + "00")]
    [InlineData("negative list length", "0f015e" + "0b" + "ffffffff" + "00")]
    [InlineData("list longer than the record", "0f015e" + "0b" + "7fffffff" + "00")]
    [InlineData("headers that are no strings", "0f015e" + "08" + "00000001" + "00000001" + "00")]
    [InlineData("unknown type", "630064" + "00")]
    public void Read_OfInvalidThrift_IsAnError(string label, string hex) =>
        CollectorPayloadReader.TryRead(Convert.FromHexString(hex), out _, out _).ShouldBeFalse(label);

    [Fact]
    public void Read_OfDeeplyNestedUnknownFields_IsAnErrorAndNoStackOverflow()
    {
        var record = new byte[3_000_000];
        for (var at = 0; at + 3 <= record.Length; at += 3) record[at] = 12;

        CollectorPayloadReader.TryRead(record, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Read_OfArbitraryBytes_EndsWithAPayloadOrAnError()
    {
        var rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 1_000_000 : 20_000;
        var valid = Write(Full);
        var readable = 0;
        for (var seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            var record = seed % 2 == 0 ? RandomBytes(random) : Mutate(valid, random);

            var read = CollectorPayloadReader.TryRead(record, out var payload, out var error);

            (payload is not null).ShouldBe(read, $"seed {seed}");
            (error is null).ShouldBe(read, $"seed {seed}");
            if (read) readable++;
        }

        readable.ShouldBeGreaterThan(rounds / 10);
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        // Mostly types that Thrift has, or nothing would get past the first byte.
        if (bytes.Length > 0) bytes[0] = (byte)random.Next(17);
        return bytes;
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var record = (byte[])valid.Clone();
        for (var n = random.Next(1, 4); n > 0; n--) record[random.Next(record.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0) BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(random.Next(record.Length - 4)), random.Next(-10, 1000));
        return record;
    }

    private static byte[] Write(CollectorPayload payload)
    {
        var output = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(payload, output);
        return output.WrittenSpan.ToArray();
    }

    private static CollectorPayload Read(byte[] record) =>
        CollectorPayloadReader.TryRead(record, out var payload, out var error) ? payload : throw new InvalidDataException(error);

    // Records compare lists and memory by reference.
    private static void ShouldBeSame(CollectorPayload actual, CollectorPayload expected)
    {
        actual.Headers.ShouldBe(expected.Headers);
        actual.Body?.ToArray().ShouldBe(expected.Body?.ToArray());
        actual.Body.HasValue.ShouldBe(expected.Body.HasValue);
        (actual with { Headers = null, Body = null }).ShouldBe(expected with { Headers = null, Body = null });
    }
}
