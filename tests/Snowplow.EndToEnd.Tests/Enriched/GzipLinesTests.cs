using System.IO.Compression;
using System.Text;

namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>The reader of the tests must not make up losses or lines where a file is being written.</summary>
public sealed class GzipLinesTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_WhenAFileHasSeveralMembersAndAnEmptyOne_GivesAllLines()
    {
        File.WriteAllBytes(_path, [.. Member("a\nb\n"), .. Member(""), .. Member("c\n"), .. Member("")]);

        GzipLines.Read(_path, new FileInfo(_path).Length).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void Read_WhenTheLastMemberIsCutAnywhere_GivesWholeLinesThatPrecede()
    {
        var (whole, last) = (Member("first\nsecond\n"), Member("third\nfourth\n"));
        File.WriteAllBytes(_path, [.. whole, .. last]);

        for (var cut = 0; cut < last.Length; cut++)
        {
            var lines = GzipLines.Read(_path, whole.Length + cut);
            lines.ShouldBe(new[] { "first", "second", "third", "fourth" }.Take(lines.Count));
            lines.Count.ShouldBeGreaterThanOrEqualTo(2);
        }
    }

    private static byte[] Member(string text)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return member.Length > 0 ? member.ToArray() : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }
}
