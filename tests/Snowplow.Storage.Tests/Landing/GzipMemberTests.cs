using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Snowplow.Storage.Landing;

namespace Snowplow.Storage.Tests.Landing;

public sealed class GzipMemberTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static MemberHeader Header => new()
    {
        Kind = MemberKind.Batch,
        Partition = new PartitionName("abc", 258),
        From = 0x0102030405060708,
        UpTo = 0x0102030405060710,
        CollectorHour = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600),
        Writer = 5,
        GoodCount = 6,
        Bad = new SideLines { Count = 7, MemberLength = 8, CommittedLength = 9, File = "bad/x" },
        Failed = new SideLines { Count = 10, MemberLength = 11, CommittedLength = 12, File = "failed/y" },
    };

    public static TheoryData<string, int> Contents => new()
    {
        { nameof(CompressionLevel.Fastest), 0 },
        { nameof(CompressionLevel.Fastest), 1 },
        { nameof(CompressionLevel.Fastest), 100_000 },
        { nameof(CompressionLevel.Optimal), 0 },
        { nameof(CompressionLevel.Optimal), 100_000 },
        { nameof(CompressionLevel.SmallestSize), 100_000 },
        { nameof(CompressionLevel.NoCompression), 100_000 },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Member_OfAnyContent_IsReadBack(string level, int length)
    {
        var incompressible = new byte[length];
        new Random(length).NextBytes(incompressible);
        foreach (var content in new[] { incompressible, new byte[length] })
        {
            var member = Write(content, Enum.Parse<CompressionLevel>(level));

            var header = MemberHeader.TryRead(member).ShouldNotBeNull();
            header.ShouldBe(Header with { MemberLength = member.Length, ContentLength = length });
            GzipMember.TryReadContent(member, header).ShouldBe(content);
        }
    }

    [Fact]
    public void Member_InThePlaceOfALongerOne_HasItsLengthWhateverIsLeftAndIsReadByAnyGzipReader()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => $"line {i * 7919 % 1000}\n")));
        var least = Enumerable.Range(1, 4096).First(length => Fits(length, content));
        for (var length = least; length < least + 30; length++)
        {
            var member = GzipMember.WriteInPlace(Header with { MemberLength = length }, content);

            member.Length.ShouldBe(length);
            var header = MemberHeader.TryRead(member).ShouldNotBeNull();
            header.ShouldBe(Header with { MemberLength = length, ContentLength = content.Length, CommentLength = (length - least) % 5 });
            GzipMember.TryReadContent(member, header).ShouldBe(content);
            using var gzip = new GZipStream(new MemoryStream([.. member, .. member]), CompressionMode.Decompress);
            using var read = new MemoryStream();
            gzip.CopyTo(read);
            read.ToArray().ShouldBe([.. content, .. content]);
        }

        Should.Throw<InvalidDataException>(() => GzipMember.WriteInPlace(Header with { MemberLength = least - 1 }, content));
    }

    [Fact]
    public void Member_WithoutSomeOfItsLines_FitsIntoItsPlaceAtEveryLevel()
    {
        var random = new Random(1);
        foreach (var level in Enum.GetValues<CompressionLevel>())
        {
            for (var round = 0; round < 200; round++)
            {
                // Lines as alike as those of one visitor are, each with an id of its own.
                var lines = Enumerable.Range(0, random.Next(1, 40))
                    .Select(_ => $"shop\tweb\tpage {random.Next(3)}\t{new Guid(random.GetItems<byte>([.. Enumerable.Range(0, 256).Select(value => (byte)value)], 16))}\thttps://shop.example/{random.Next(5)}\tMozilla/5.0\n").ToList();
                var whole = GzipMember.Write(new MemoryStream(), Header, Encoding.UTF8.GetBytes(string.Concat(lines)), level).Length;
                lines.RemoveAt(random.Next(lines.Count));
                lines.RemoveAll(_ => random.Next(3) == 0);

                var content = Encoding.UTF8.GetBytes(string.Concat(lines));
                var member = GzipMember.WriteInPlace(Header with { MemberLength = whole }, content);

                GzipMember.TryReadContent(member, MemberHeader.TryRead(member)!).ShouldBe(content);
            }
        }
    }

    [Fact]
    public void Output_ThatIsUsedAgain_HoldsTheLastMemberAlone()
    {
        var output = new MemoryStream();
        byte[][] contents = [new byte[100_000], "shorter\n"u8.ToArray(), [], "longer than nothing\n"u8.ToArray()];
        new Random(2).NextBytes(contents[0]);

        foreach (var content in contents)
        {
            var member = GzipMember.Write(output, Header, content, CompressionLevel.Fastest).ToArray();

            GzipMember.TryReadContent(member, MemberHeader.TryRead(member)!).ShouldBe(content);
            MemberHeader.TryRead(member)!.MemberLength.ShouldBe(member.Length);
        }
    }

    private static bool Fits(int length, byte[] content)
    {
        try
        {
            GzipMember.WriteInPlace(Header with { MemberLength = length }, content);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    [Fact]
    public void Member_OfEmptyContent_HasTheBytesOfTheLayout()
    {
        // The layout drawn at MemberHeader, byte by byte. Files of released versions look like this.
        Convert.ToHexStringLower(Write([])).ShouldBe(string.Concat(
            "1f8b080400000000", "00ff", "6700", "5350", "6300", "02", "01", "0201",
            "7d000000", "00000000", "0807060504030201", "1007060504030201", "00b9556900000000",
            "05000000", "06000000", "07000000", "08000000", "0900000000000000", "03", "05",
            "0a000000", "0b000000", "0c00000000000000", "08",
            "616263", "6261642f78", "6661696c65642f79", "bd6e2e98", "0300", "00000000", "00000000"));
    }

    [Fact]
    public void Member_OfLayout1_IsReadAsOneWithoutFailedEvents()
    {
        var member = Convert.FromHexString(string.Concat(
            "1f8b080400000000", "00ff", "4e00", "5350", "4a00", "01", "01", "0201",
            "64000000", "00000000", "0807060504030201", "1007060504030201", "00b9556900000000",
            "05000000", "06000000", "07000000", "08000000", "0900000000000000", "03", "05",
            "616263", "6261642f78", "a1f1b0d8", "0300", "00000000", "00000000"));

        var header = MemberHeader.TryRead(member).ShouldNotBeNull();

        (header.Version, header.Partition, header.From, header.UpTo, header.Writer, header.GoodCount)
            .ShouldBe(((byte)1, Header.Partition, Header.From, Header.UpTo, Header.Writer, Header.GoodCount));
        (header.CollectorHour, header.Bad, header.Failed).ShouldBe((Header.CollectorHour, Header.Bad, default));
        (header.MemberLength, header.ContentLength).ShouldBe((member.Length, 0));
        GzipMember.TryReadContent(member, header).ShouldBeEmpty();
    }

    [Fact]
    public void Member_WithAnyBitFlipped_IsNeverReadAsSomethingElse()
    {
        var content = "some content, some more content, and some more content"u8.ToArray();
        var member = Write(content);
        for (var bit = 0; bit < member.Length * 8; bit++)
        {
            var damaged = (byte[])member.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            var header = MemberHeader.TryRead(damaged);
            if (header is null) continue;
            bit.ShouldBeGreaterThanOrEqualTo(Header.Length * 8, "the header's own checksum covers it");

            // A flip in the padding behind the last deflate code changes nothing.
            var read = GzipMember.TryReadContent(damaged, header);
            if (read is not null) read.ShouldBe(content, $"bit {bit}");
        }
    }

    [Fact]
    public void Header_CutAnywhere_IsNoHeader()
    {
        var member = Write([]);
        for (var length = 0; length < Header.Length; length++)
            MemberHeader.TryRead(member.AsSpan(0, length)).ShouldBeNull($"length {length}");
    }

    [Fact]
    public void Header_FromArbitraryBytes_IsNoHeaderAndNeverThrows()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);

            // Half of them with a beginning that passes the first checks.
            if (round % 2 == 0) Write([]).AsSpan(0, Math.Min(bytes.Length, random.Next(20))).CopyTo(bytes);
            MemberHeader.TryRead(bytes).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("gunzip", "-c", "{file}")]
    [InlineData("python3", "-c", "import gzip,sys; sys.stdout.buffer.write(gzip.open('{file}').read())")]
    [InlineData("node", "-e", "process.stdout.write(require('zlib').gunzipSync(require('fs').readFileSync('{file}')))")]
    public async Task File_OfMembers_IsReadByOrdinaryTools(string tool, string option, string argument)
    {
        foreach (var (content, file) in WriteFiles())
        {
            var start = new ProcessStartInfo(tool, [option, argument.Replace("{file}", file, StringComparison.Ordinal)]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            process.ExitCode.ShouldBe(0);
            output.ShouldBe(content);
        }
    }

    [Fact]
    public void File_OfMembers_IsReadByDotNet()
    {
        foreach (var (content, file) in WriteFiles())
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            reader.ReadToEnd().ShouldBe(content);
        }
    }

    // Files that begin with, end in, consist of and hold empty members.
    private List<(string Content, string File)> WriteFiles()
    {
        string[][] files = [["one\n", "two\n"], ["one\n", ""], ["", "one\n"], ["", "", "one\n", "", "two\n", "", ""], [""], ["", ""]];
        return [.. files.Select((members, i) =>
        {
            var file = Path.Join(_folder.Path, $"{i}.gz");
            File.WriteAllBytes(file, [.. members.SelectMany(member => Write(Encoding.UTF8.GetBytes(member)))]);
            return (string.Concat(members), file);
        })];
    }

    private static byte[] Write(byte[] content, CompressionLevel level = CompressionLevel.Fastest) =>
        GzipMember.Write(new MemoryStream(), Header, content, level).ToArray();
}
