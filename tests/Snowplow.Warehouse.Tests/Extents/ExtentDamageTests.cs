using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;

namespace Snowplow.Warehouse.Tests.Extents;

public sealed class ExtentDamageTests : IDisposable
{
    private const int RowCount = 9000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DamagedByte_InAnyPlace_IsNoticedWhenTheColumnIsRead()
    {
        var bytes = File.ReadAllBytes(Written());
        var random = new Random(3);
        foreach (var place in Enumerable.Range(0, 30).Concat(Enumerable.Range(bytes.Length - 200, 200)).Concat(Enumerable.Range(0, 150).Select(_ => random.Next(bytes.Length))))
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));

            Should.Throw<ExtentDamagedException>(() => ReadAll(damaged), $"byte {place} of {bytes.Length}");
        }
    }

    [Fact]
    public void DamagedColumn_IsNamed_AndStaysRefusedWhileTheOthersAreRead()
    {
        var path = Written();
        var bytes = File.ReadAllBytes(path);
        // The first column written begins behind the head.
        bytes[40] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var extent = StoredExtent.Open(path);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var damage = Should.Throw<ExtentDamagedException>(() => extent.Read(0, 0, 10));
            damage.Column.ShouldBe("c0");
            damage.Message.ShouldContain(path);
        }

        extent.Read(1, 0, RowCount).Length.ShouldBe(RowCount);
    }

    [Fact]
    public void TornFile_OfAnyLength_IsNoExtent()
    {
        var bytes = File.ReadAllBytes(Written());
        var random = new Random(4);
        foreach (var length in Enumerable.Range(0, 40).Concat(Enumerable.Range(0, 200).Select(_ => random.Next(bytes.Length))).Append(bytes.Length - 1))
            Should.Throw<ExtentDamagedException>(() => ReadAll(bytes[..length]), $"{length} of {bytes.Length}");
    }

    [Fact]
    public void Writer_ThatIsNotFinished_LeavesNoFile()
    {
        var path = Path.Combine(_folder.Path, "unfinished");
        using (var writer = new ExtentWriter(path, [("a", KqlType.Long), ("b", KqlType.Long)], 2))
        {
            writer.Write(0, [Columns.Of(KqlType.Long, [1L, 2L])]);
            Should.Throw<InvalidOperationException>(() => writer.Finish()).Message.ShouldContain("'b'");
        }

        File.Exists(path).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Writer_GivenOtherThanItsRows_Refuses(int rows)
    {
        using var writer = new ExtentWriter(Path.Combine(_folder.Path, "rows"), [("a", KqlType.Long), ("b", KqlType.String)], 2);

        Should.Throw<ArgumentException>(() => writer.Write(0, [Columns.Constant(KqlType.Long, 1L, rows)]));
        Should.Throw<ArgumentException>(() => writer.Write(1, [Columns.Constant(KqlType.String, "a", rows)]));
    }

    private void ReadAll(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "damaged");
        File.WriteAllBytes(path, bytes);
        using var extent = StoredExtent.Open(path);
        for (var column = 0; column < extent.Columns.Count; column++) extent.Read(column, 0, extent.RowCount);
    }

    private string Written()
    {
        var path = Path.Combine(_folder.Path, "whole");
        var random = new Random(2);
        var columns = RandomColumn.Types.Select(type => RandomColumn.Of(random, type, RowCount)).ToArray();
        // One that surely has bytes of its own.
        columns[0] = new RandomColumn(KqlType.Long, [.. Enumerable.Range(0, RowCount).Select(_ => (object)random.NextInt64())]);
        using var writer = new ExtentWriter(path, [.. columns.Select((column, i) => ($"c{i}", column.Type))], RowCount);
        for (var i = 0; i < columns.Length; i++) writer.Write(i, columns[i].Parts(random));
        writer.Finish();
        return path;
    }
}
