using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

/// <summary>
/// What a power loss may leave: the journal, and segment files without anything that only the journal must hold. Each test
/// copies the folder of an open log and damages the copy.
/// </summary>
public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Original => Path.Combine(_folder.Path, "original");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 200, 64 << 20)]
    [InlineData(4, 1000, 64 << 20)]
    // Both files are written over many times.
    [InlineData(1, 1000, 16 << 10)]
    [InlineData(4, 3000, 64 << 10)]
    public async Task Open_AfterSegmentFilesLostWhatWasNotFlushed_HasAllThatWasAcknowledged(int partitions, int records, long journalSize)
    {
        var options = new LocalRawStreamOptions { Folder = Original, Partitions = partitions, SegmentSizeBytes = 32 << 10, JournalSizeBytes = journalSize };
        await using var stream = TestLog.Open(options);
        var random = new Random(records);
        for (var done = 0; done < records; done += 100)
        {
            await AppendAsync(stream, done, 100);
            if (random.Next(3) > 0) continue;

            var copy = Copy(done);
            foreach (var piece in Journalled(options with { Folder = copy })) Lose(copy, piece, random);
            var log = new RecordedLog();
            await using var reopened = TestLog.Open(options with { Folder = copy }, log);

            (await TestLog.ReadAllNumbersAsync(reopened)).Order().ShouldBe(Enumerable.Range(0, done + 100));
            log.Errors.ShouldBeEmpty();
            // It goes on as ever.
            await AppendAsync(reopened, done + 100, 10);
            (await TestLog.ReadAllNumbersAsync(reopened)).Order().ShouldBe(Enumerable.Range(0, done + 110));
        }
    }

    [Fact]
    public async Task Open_WhenTheJournalEndsAnywhere_HasTheRoundsThatAreWhole()
    {
        await using var stream = TestLog.Open(Original);
        await TestLog.AppendNumbersAsync(stream, 0, 3);
        var copy = Copy(0);
        var file = LongerJournal(copy);
        var whole = await File.ReadAllBytesAsync(file);
        var round = (whole.Length - JournalLayout.HeadSize) / 3;

        for (var length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length]);
            foreach (var segment in TestLog.Segments(copy)) File.Delete(segment);

            using var journal = Journal.Open(copy, Context(TestLog.Options(copy)));

            journal.Read().Count().ShouldBe(Math.Max(0, length - JournalLayout.HeadSize) / round, $"of {length} bytes");
        }
    }

    [Fact]
    public async Task Open_WhenAnyByteOfTheJournalIsFlipped_LosesNothingThatSegmentFilesHave()
    {
        await using var stream = TestLog.Open(Original);
        await TestLog.AppendNumbersAsync(stream, 0, 5);
        var copy = Copy(0);
        var file = LongerJournal(copy);
        var whole = await File.ReadAllBytesAsync(file);

        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(file, damaged);
            await using var reopened = TestLog.Open(copy);

            (await TestLog.ReadNumbersAsync(reopened)).ShouldBe([(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")], $"byte {at} flipped");
        }
    }

    [Fact]
    public async Task Journal_WhenItsFilesHaveTakenTurns_HoldsTheOneBeforeTheCurrentToo()
    {
        const int Size = 16 << 10;
        var options = TestLog.Options(Original) with { JournalSizeBytes = Size };
        await using var stream = TestLog.Open(options);
        // Rounds of about 670 bytes: both files are full.
        await TestLog.AppendNumbersAsync(stream, 0, 60, size: 600);
        for (var n = 60; n < 110; n++)
        {
            await TestLog.AppendNumbersAsync(stream, n, 1, size: 600);

            var pieces = Journalled(options with { Folder = Copy(n) });

            pieces.Sum(piece => piece.Records.Length).ShouldBeInRange(Size - (2 * 700), 2 * Size);
            pieces.Zip(pieces.Skip(1)).ShouldAllBe(pair => pair.Second.SegmentBase > pair.First.SegmentBase || pair.Second.Offset == pair.First.Offset + pair.First.Records.Length);
        }
    }

    [Fact]
    public async Task Open_AfterRetentionDeletedASegment_DoesNotBringItBack()
    {
        await using var stream = TestLog.Open(TestLog.Options(Original) with { RetainedSizeBytes = 0 });
        await TestLog.AppendNumbersAsync(stream, 0, 10, size: 1000);
        await stream.ReleaseAsync(0, 9, CancellationToken.None);
        var copy = Copy(0);

        await using var reopened = TestLog.Open(copy);

        TestLog.Segments(copy).Select(Path.GetFileName).ShouldBe(["00000000000000000008.log"]);
        (await TestLog.ReadNumbersAsync(reopened)).Select(r => r.Position).ShouldBe([8, 9]);
    }

    [Fact]
    public async Task Open_AfterACleanEnd_ReadsNothingOfTheJournal()
    {
        await using (var stream = TestLog.Open(Original)) await TestLog.AppendNumbersAsync(stream, 0, 5);

        Journalled(TestLog.Options(Original)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_OfALogWithoutAJournal_GoesOnWithOne()
    {
        await using (var stream = TestLog.Open(Original)) await TestLog.AppendNumbersAsync(stream, 0, 5);
        var manifest = Path.Combine(Original, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(Original, "journal-*")) File.Delete(file);

        await using var reopened = TestLog.Open(Original);
        await TestLog.AppendNumbersAsync(reopened, 5, 1);

        (await TestLog.ReadNumbersAsync(reopened)).Count.ShouldBe(6);
        // Versions that know of no journal refuse it.
        File.ReadAllText(manifest).ShouldContain("\"format\":2");
    }

    [Fact]
    public void Round_OfKnownContent_HasTheseBytes()
    {
        var head = new byte[JournalLayout.HeadSize];
        JournalLayout.WriteHead(head, Crc32C.Of("0123456789abcdef"u8), new JournalHead(258, 257));
        Convert.ToHexStringLower(head).ShouldBe("53504a01" + "0201000000000000" + "0101000000000000" + Hex(Crc32C.Of(Crc32C.Of("0123456789abcdef"u8), head.AsSpan(0, 20))) + "00000000");

        var piece = new byte[JournalLayout.PieceSize];
        JournalLayout.WritePiece(piece, new JournalPiece(3, 4, 5, "records"u8.ToArray()));
        Convert.ToHexStringLower(piece).ShouldBe("03000000" + "0400000000000000" + "0500000000000000" + "07000000");

        var round = new byte[JournalLayout.RoundSize];
        JournalLayout.WriteRound(round, Crc32C.Of("0123456789abcdef"u8), 258, [piece, "records"u8.ToArray()], 31);
        var before = Crc32C.Of(Crc32C.Of("0123456789abcdef"u8), round.AsSpan(0, 16));
        Convert.ToHexStringLower(round).ShouldBe("53504301" + "0201000000000000" + "1f000000" + Hex(Crc32C.Of(before, [.. piece, .. "records"u8])));
    }

    private static string LongerJournal(string folder) => Directory.GetFiles(folder, "journal-*").MaxBy(path => new FileInfo(path).Length)!;

    private static string Hex(uint crc) => Convert.ToHexStringLower(BitConverter.GetBytes(crc));

    private static Task AppendAsync(LocalRawStream stream, int from, int count) => Task.WhenAll(Enumerable.Range(from, count).Select(
        n => stream.AppendAsync($"key {n}", Guid.NewGuid(), Encoding.ASCII.GetBytes($"{n}".PadRight(200 + (n % 7 * 100))), CancellationToken.None).AsTask()));

    private static LogContext Context(LocalRawStreamOptions options) =>
        new(options, LogManifest.ReadOrCreate(options.Folder, null), TimeProvider.System, NullLogger.Instance);

    private static List<JournalPiece> Journalled(LocalRawStreamOptions options)
    {
        using var journal = Journal.Open(options.Folder, Context(options));
        return [.. journal.Read()];
    }

    // Bytes that were not flushed may be there, be zeros, or be missing; so may a file's end, and the file.
    private static void Lose(string folder, JournalPiece piece, Random random)
    {
        var path = Segment.PathOf(Path.Combine(folder, piece.Partition.ToString("D3", CultureInfo.InvariantCulture)), piece.SegmentBase);
        if (!File.Exists(path)) return;
        switch (random.Next(3))
        {
            case 0 when piece.Offset == 0 && Segment.OpenAll(Path.GetDirectoryName(path)!)[^1].BasePosition == piece.SegmentBase:
                File.Delete(path);
                break;
            case 1:
                using (var file = new FileStream(path, FileMode.Open)) file.SetLength(Math.Min(file.Length, piece.Offset));
                break;
            case 2:
                using (var file = new FileStream(path, FileMode.Open))
                {
                    file.Position = piece.Offset;
                    file.Write(new byte[piece.Records.Length]);
                }

                break;
        }
    }

    private string Copy(int number)
    {
        var copy = Path.Combine(_folder.Path, $"copy-{number}");
        foreach (var file in Directory.GetFiles(Original, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var into = File.Create(to);
            from.CopyTo(into);
        }

        return copy;
    }
}
