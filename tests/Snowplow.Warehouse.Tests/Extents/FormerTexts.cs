using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Extents.Columns;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Tests.Extents;

/// <summary>An extent of one column of strings as it was written before texts had bounds and filters: in groups of whole blocks, form 7.</summary>
internal static class FormerTexts
{
    private const int GroupBytes = 1 << 19;

    public static void Write(string path, IEnumerable<StringColumn> parts, int rowCount)
    {
        string[] texts = [.. parts.SelectMany(part => Enumerable.Range(0, part.Length).Select(row => part[row]))];
        using var file = File.Create(path);
        file.Write(ExtentFooter.Head);
        var (region, directory, groups) = (new RegionWriter(file), new DirectoryWriter(), new DirectoryWriter());
        var (groupCount, valid) = (0, new ulong[(rowCount + 63) / 64]);
        for (var row = 0; row < rowCount; row++)
            if (texts[row].Length > 0) valid[row >> 6] |= 1UL << (row & 63);
        for (var start = 0; start < rowCount; groupCount++)
        {
            var (group, counts) = (new List<string>(), new List<int>());
            for (; start < rowCount && group.Sum(text => text.Length) < GroupBytes; start += Batch.Size)
            {
                string[] block = [.. texts.Skip(start).Take(Batch.Size).Where(text => text.Length > 0)];
                counts.Add(block.Length);
                group.AddRange(block);
            }

            groups.Unsigned((ulong)counts.Count);
            foreach (var count in counts) groups.Unsigned((ulong)count);
            TextGroup.Write(region, groups, StringPool.Of(group.ToArray()));
        }

        directory.Unsigned((ulong)groupCount);
        directory.Append(groups);
        Validity.Write(region, directory, valid, rowCount);
        new ExtentFooter(rowCount, [new ExtentFooter.Entry("c", KqlType.String, ColumnForm.Texts, ExtentFooter.Head.Length, region.Length, region.Checksum, directory.Written.ToArray())]).Write(file);
    }
}
