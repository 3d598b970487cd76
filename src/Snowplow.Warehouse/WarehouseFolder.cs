using System.Globalization;

namespace Snowplow.Warehouse;

/// <summary>The names of the store's files: numbers that are never used twice, so that a file is written once and never changed.</summary>
/// <param name="path">The folder.</param>
internal sealed class WarehouseFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The rows of an extent.</summary>
    public string Extent(long number) => Name(number, "extent");

    /// <summary>The index of its keys.</summary>
    public string Keys(long number) => Name(number, "keys");

    /// <summary>Dead and hidden rows of an extent.</summary>
    public string Marks(long number) => Name(number, "marks");

    /// <summary>Deletes the files of numbers that are not in use, which a crash has left.</summary>
    public void DeleteAllBut(IReadOnlySet<long> used)
    {
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            var name = System.IO.Path.GetFileName(file).AsSpan();
            var dot = name.IndexOf('.');
            if (dot > 0 && long.TryParse(name[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !used.Contains(number)) File.Delete(file);
        }
    }

    /// <summary>Deletes all files of a number.</summary>
    public void Delete(long number)
    {
        foreach (var file in (string[])[Extent(number), Keys(number), Marks(number)]) File.Delete(file);
    }

    private string Name(long number, string kind) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{number:D10}.{kind}"));
}
