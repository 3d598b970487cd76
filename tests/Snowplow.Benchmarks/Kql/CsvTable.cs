using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Benchmarks.Kql;

/// <summary>A table whose extents are files, made of a CSV file with a header and known columns.</summary>
internal sealed class CsvTable : Table
{
    private readonly List<StoredExtent> _extents;

    private CsvTable(string name, IReadOnlyList<(string Name, KqlType Type)> columns, List<StoredExtent> extents)
        : base(name, columns) => _extents = extents;

    /// <summary>Bytes of all extents.</summary>
    public long SizeBytes => _extents.Sum(extent => extent.SizeBytes);

    /// <summary>Number of rows.</summary>
    public int RowCount => _extents.Sum(extent => extent.RowCount);

    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => [.. _extents.Where(extent => extent.MayHold(tests))];

    /// <summary>Opens what <see cref="Load"/> has written.</summary>
    public static CsvTable Open(string name, IReadOnlyList<(string Name, KqlType Type)> columns, string folder) =>
        new(name, columns, [.. Directory.EnumerateFiles(folder, $"{name}.*.extent").Order(StringComparer.Ordinal).Select(StoredExtent.Open)]);

    /// <summary>Writes the extents of a file, each thread some of them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names and types of the columns, in the order of the fields.</param>
    /// <param name="bytesPerExtent">About how many bytes of lines make an extent.</param>
    /// <param name="threads">How many are at work.</param>
    public static void Load(string path, IReadOnlyList<(string Name, KqlType Type)> columns, long bytesPerExtent, int threads)
    {
        var (name, folder) = (Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!);
        foreach (var old in Directory.EnumerateFiles(folder, $"{name}.*.extent")) File.Delete(old);
        var length = new FileInfo(path).Length;
        var pieces = (int)((length + bytesPerExtent - 1) / bytesPerExtent);
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var lines = Lines(path, length * piece / pieces, length * (piece + 1) / pieces);
            LoadPiece(lines, columns, Path.Combine(folder, $"{name}.{piece:D3}.extent"));
        });
    }

    // The lines that begin in a stretch of the file, the header left out.
    private static byte[] Lines(string path, long start, long end)
    {
        using var file = File.OpenHandle(path);
        var bytes = new byte[Math.Min(end + 4096, RandomAccess.GetLength(file)) - start];
        RandomAccess.Read(file, bytes, start);
        var first = Array.IndexOf(bytes, (byte)'\n') + 1;
        var last = Array.IndexOf(bytes, (byte)'\n', (int)(end - start - 1));
        return bytes[first..(last + 1)];
    }

    private static void LoadPiece(byte[] lines, IReadOnlyList<(string Name, KqlType Type)> columns, string path)
    {
        ColumnAppender[] appenders = [.. columns.Select(column => ColumnAppender.Of(column.Type))];
        var fields = new FieldReader(lines, (byte)',', isQuoted: true);
        while (!fields.IsAtEnd)
        {
            for (var i = 0; fields.Next(); i++) appenders[i].AppendText(fields.Field);
        }

        using var writer = new ExtentWriter(path, columns, appenders[0].Count);
        for (var i = 0; i < appenders.Length; i++) writer.Write(i, Parts(appenders[i]));
        writer.Finish();
    }

    private static IEnumerable<Column> Parts(ColumnAppender column)
    {
        for (var row = 0; row < column.Count; row += Batch.Size) yield return column.Read(row, Math.Min(Batch.Size, column.Count - row));
    }
}
