using System.Text;
using Snowplow.Silo.Filters;

namespace Snowplow.Silo.Tests.Filters;

public sealed class RecordReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a\n")]
    [InlineData("a\nb")]
    [InlineData("\n\n\nx\n")]
    public async Task ReadAsync_WhenLinesComeByteByByte_LosesNothing(string text)
    {
        var reader = new RecordReader(new SlowStream(Encoding.UTF8.GetBytes(text), 1), RecordFraming.Lines);

        var (read, count) = await ReadAllAsync(reader);

        read.ShouldBe(text.Length == 0 || text.EndsWith('\n') ? text : text + "\n");
        count.ShouldBe(read.Count(c => c == '\n'));
    }

    [Fact]
    public async Task ReadAsync_WhenALineIsLongerThanABuffer_GivesItWhole()
    {
        var text = $"short\n{new string('x', 3_000_000)}\nshort\n";

        var (read, _) = await ReadAllAsync(new RecordReader(new SlowStream(Encoding.UTF8.GetBytes(text), 60_000), RecordFraming.Lines));

        read.ShouldBe(text);
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255 }, "Record 1 of the input says it has -1 bytes")]
    [InlineData(new byte[] { 127, 0, 0, 0 }, "Record 1 of the input says it has")]
    [InlineData(new byte[] { 0, 0, 0, 1, 7, 0, 0 }, "Record 2 of the input is cut off")]
    public async Task ReadAsync_WhenThriftFramingIsBroken_NamesTheRecord(byte[] bytes, string message)
    {
        var reader = new RecordReader(new MemoryStream(bytes), RecordFraming.LengthPrefixed);

        (await Should.ThrowAsync<InvalidDataException>(() => ReadAllAsync(reader))).Message.ShouldStartWith(message);
    }

    private static async Task<(string Text, long Count)> ReadAllAsync(RecordReader reader)
    {
        var text = new StringBuilder();
        var count = 0L;
        while (await reader.ReadAsync(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                batch.First.ShouldBe(count);
                text.Append(Encoding.UTF8.GetString(batch.Bytes.Span));
                count += batch.Bytes.Span.Count((byte)'\n');
            }
        }

        return (text.ToString(), count);
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class SlowStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(atOnce, buffer.Length)], cancellationToken);
    }
}
