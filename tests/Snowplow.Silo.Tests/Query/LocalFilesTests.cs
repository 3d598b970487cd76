using Snowplow.Silo.Query;

namespace Snowplow.Silo.Tests.Query;

/// <summary>Which files queries may read and write.</summary>
public sealed class LocalFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalFilesTests()
    {
        Directory.CreateDirectory(_folder.File("files/deeper"));
        Directory.CreateDirectory(_folder.File("files-beside"));
        File.WriteAllText(_folder.File("files/in.csv"), "in");
        File.WriteAllText(_folder.File("files/deeper/in.csv"), "deeper");
        File.WriteAllText(_folder.File("out.csv"), "out");
        File.WriteAllText(_folder.File("files-beside/out.csv"), "out");
    }

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [InlineData("in.csv", "in")]
    [InlineData("deeper/in.csv", "deeper")]
    [InlineData("deeper/../in.csv", "in")]
    [InlineData("{0}/files/in.csv", "in")]
    [InlineData("file://{0}/files/in.csv", "in")]
    [InlineData("linked.csv", "in")]
    [InlineData("linked/in.csv", "deeper")]
    public void Open_BelowTheFolder_ReadsTheFile(string path, string content)
    {
        File.CreateSymbolicLink(_folder.File("files/linked.csv"), "in.csv");
        Directory.CreateSymbolicLink(_folder.File("files/linked"), _folder.File("files/deeper"));
        Directory.CreateSymbolicLink(_folder.File("way"), _folder.File("files"));

        foreach (var folder in (string[])["files", "way"])
        {
            // By the way of a link the absolute path is another one's.
            if (folder == "way" && path.Contains("{0}", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(new LocalFiles(_folder.File(folder), isBound: true).Open(string.Format(path, _folder.Path)));
            reader.ReadToEnd().ShouldBe(content);
        }
    }

    [LinuxTheory]
    [InlineData("../out.csv", "only")]
    [InlineData("{0}/out.csv", "only")]
    [InlineData("file://{0}/out.csv", "only")]
    [InlineData("../files-beside/out.csv", "only")]
    [InlineData("deeper/../../out.csv", "only")]
    [InlineData("linked.csv", "only")]
    [InlineData("linked/out.csv", "only")]
    [InlineData("twice/out.csv", "only")]
    [InlineData("linked/none.csv", "only")]
    [InlineData("circle", "too many links")]
    [InlineData(".", "only")]
    [InlineData("", "no path")]
    [InlineData("deeper", "no such file")]
    [InlineData("none.csv", "no such file")]
    [InlineData("http://127.0.0.1/in.csv", "nothing over the network")]
    [InlineData("https://example.com/in.csv;secret", "nothing over the network")]
    [InlineData("file://host/in.csv", "nothing over the network")]
    [InlineData("abfss://files@account/in.csv", "nothing over the network")]
    public void Open_OfAnythingElse_SaysWhy(string path, string told)
    {
        File.CreateSymbolicLink(_folder.File("files/linked.csv"), "../out.csv");
        Directory.CreateSymbolicLink(_folder.File("files/linked"), _folder.Path);
        Directory.CreateSymbolicLink(_folder.File("files/twice"), "linked");
        File.CreateSymbolicLink(_folder.File("files/circle"), "circle");
        var files = new LocalFiles(_folder.File("files"), isBound: true);
        path = string.Format(path, _folder.Path);

        Should.Throw<IOException>(() => files.Open(path)).Message.ShouldContain(told);
        if (told == "no such file") return;
        Should.Throw<IOException>(() => files.Write(path, stream => stream.WriteByte(1)));
        File.ReadAllText(_folder.File("out.csv")).ShouldBe("out");
    }

    [LinuxFact]
    public void Write_OfANewFile_MakesItWholeAndNeverTakesThePlaceOfAnother()
    {
        var files = new LocalFiles(_folder.File("files"), isBound: true);

        var written = files.Write("new/a.csv", stream =>
        {
            stream.Write("abc"u8);
            File.Exists(_folder.File("files/new/a.csv")).ShouldBeFalse();
        });

        written.SizeBytes.ShouldBe(3);
        File.ReadAllText(written.Path).ShouldBe("abc");
        Should.Throw<IOException>(() => files.Write("new/a.csv", _ => throw new InvalidOperationException("not reached"))).Message.ShouldContain("nothing is written over it");
        Should.Throw<IOException>(() => files.Write("new/b.csv", _ => File.WriteAllText(_folder.File("files/new/b.csv"), "first"))).Message.ShouldContain("nothing is written over it");
        Should.Throw<FormatException>(() => files.Write("new/c.csv", _ => throw new FormatException()));
        Directory.GetFiles(_folder.File("files/new")).Order().ShouldBe([_folder.File("files/new/a.csv"), _folder.File("files/new/b.csv")]);
        File.ReadAllText(_folder.File("files/new/b.csv")).ShouldBe("first");
    }
}
