using System.Globalization;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class LocalRawStreamDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_WhenTheFileEndsAnywhereInItsLastRecords_KeepsTheWholeOnesAndGoesOn()
    {
        await using (var stream = TestLog.Open(_folder.Path)) await TestLog.AppendNumbersAsync(stream, 0, 4);
        var file = TestLog.Segments(_folder.Path).ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(file);
        var recordSize = whole.Length / 4;

        for (var length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length]);
            await using var stream = TestLog.Open(_folder.Path);
            var kept = length / recordSize;
            new FileInfo(file).Length.ShouldBe(kept * recordSize, $"of {length} bytes");
            await TestLog.AppendNumbersAsync(stream, 100, 1);

            var records = await TestLog.ReadNumbersAsync(stream);

            records.Select(r => r.Position).ShouldBe(Enumerable.Range(0, kept + 1).Select(n => (long)n), $"of {length} bytes");
            records[^1].Number.ShouldBe("100");
        }
    }

    [Fact]
    public async Task Open_WhenTheTailIsGarbageOrZeros_CutsItOff()
    {
        await using (var stream = TestLog.Open(_folder.Path)) await TestLog.AppendNumbersAsync(stream, 0, 3);
        var file = TestLog.Segments(_folder.Path)[0];
        var whole = await File.ReadAllBytesAsync(file);
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            var tail = new byte[random.Next(1, 3000)];
            if (round % 2 == 0) random.NextBytes(tail);
            await File.WriteAllBytesAsync(file, [.. whole, .. tail]);

            var log = new RecordedLog();
            await using var stream = TestLog.Open(_folder.Path, log);

            (await stream.GetEndAsync(0, CancellationToken.None)).ShouldBe(3);
            new FileInfo(file).Length.ShouldBe(whole.Length);
            log.Lines.ShouldContain(l => l.Text.Contains($"from offset {whole.Length}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Read_WhenAnyByteOfTheActiveSegmentIsFlipped_ServesAllOtherRecords()
    {
        await using (var stream = TestLog.Open(_folder.Path)) await TestLog.AppendNumbersAsync(stream, 0, 5);

        await FlipEachByteAsync(TestLog.Segments(_folder.Path)[0], recordsInFile: 5, firstPosition: 0, total: 5);
    }

    [Fact]
    public async Task Read_WhenAnyByteOfAClosedSegmentIsFlipped_ServesAllOtherRecords()
    {
        // Records of 1040 bytes close a segment after four.
        await using (var stream = TestLog.Open(_folder.Path)) await TestLog.AppendNumbersAsync(stream, 0, 10, size: 1000);
        var files = TestLog.Segments(_folder.Path);
        files.Select(Path.GetFileName).ShouldBe(["00000000000000000000.log", "00000000000000000004.log", "00000000000000000008.log"]);

        await FlipEachByteAsync(files[1], recordsInFile: 4, firstPosition: 4, total: 10);
    }

    [Fact]
    public async Task Read_WhenASegmentIsMissing_JumpsOverIt()
    {
        await using (var stream = TestLog.Open(_folder.Path)) await TestLog.AppendNumbersAsync(stream, 0, 10, size: 1000);
        File.Delete(TestLog.Segments(_folder.Path)[1]);

        await using var reopened = TestLog.Open(_folder.Path);

        (await TestLog.ReadNumbersAsync(reopened)).Select(r => r.Position).ShouldBe([0, 1, 2, 3, 8, 9]);
    }

    [Fact]
    public async Task Read_WhenAPayloadHoldsAForgedRecordBehindDamage_DoesNotTakeIt()
    {
        await using (var stream = TestLog.Open(_folder.Path))
        {
            await TestLog.AppendNumbersAsync(stream, 0, 1);
            // All that a client can know: the layout, not the identity.
            var forged = new byte[RecordSize("6")];
            RecordLayout.Write(forged, Guid.NewGuid(), "66666666"u8, Crc32C.Of("66666666"u8));
            RecordLayout.Seal(forged, Crc32C.Of([]), 6);
            await stream.AppendAsync("key", Guid.NewGuid(), forged, CancellationToken.None);
            await TestLog.AppendNumbersAsync(stream, 2, 1);
        }

        var file = TestLog.Segments(_folder.Path)[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[RecordSize("0") + 5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await using var reopened = TestLog.Open(_folder.Path);

        (await TestLog.ReadNumbersAsync(reopened)).ShouldBe([(0, "0"), (2, "2")]);

        static int RecordSize(string number) => 40 + number.PadRight(8).Length;
    }

    [Fact]
    public async Task Read_FromBeyondTheEnd_NeverGivesAReadPositionTwice()
    {
        await using (var stream = TestLog.Open(_folder.Path)) await TestLog.AppendNumbersAsync(stream, 0, 5);
        var file = TestLog.Segments(_folder.Path)[0];
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..(2 * 48)]);
        var log = new RecordedLog();
        await using var reopened = TestLog.Open(_folder.Path, log);

        var read = reopened.ReadAsync(0, 5, 1000, CancellationToken.None);
        await TestLog.AppendNumbersAsync(reopened, 5, 1);

        (await read).ShouldHaveSingleItem().Position.ShouldBe(5);
        (await TestLog.ReadNumbersAsync(reopened)).Select(r => r.Position).ShouldBe([0, 1, 5]);
        log.Errors.ShouldHaveSingleItem().ShouldContain("beyond the end 2");
    }

    private async Task FlipEachByteAsync(string file, int recordsInFile, long firstPosition, int total)
    {
        var whole = await File.ReadAllBytesAsync(file);
        var recordSize = whole.Length / recordsInFile;
        // Every byte of a small file; of a large one, all of each header and then steps.
        for (var at = 0; at < whole.Length; at += at % recordSize < 50 ? 1 : 37)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(file, damaged);
            var log = new RecordedLog();
            await using var stream = TestLog.Open(_folder.Path, log);

            var records = await TestLog.ReadNumbersAsync(stream);

            var lost = firstPosition + (at / recordSize);
            var expected = Enumerable.Range(0, total).Select(n => (long)n).Where(n => n != lost);
            records.Select(r => r.Position).ShouldBe(expected, $"byte {at} flipped");
            records.ShouldAllBe(r => r.Number == r.Position.ToString(CultureInfo.InvariantCulture));
            log.Lines.ShouldContain(l => l.Text.Contains(file, StringComparison.Ordinal) && l.Text.Contains($"offset {at / recordSize * recordSize}", StringComparison.Ordinal));
        }
    }
}
