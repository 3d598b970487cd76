using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Chooses how a column is written, and reads it as it was.</summary>
internal static class ColumnForms
{
    /// <summary>Writes a column in the form that suits its values.</summary>
    /// <param name="region">Where its bytes go.</param>
    /// <param name="directory">Where its directory goes.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="parts">Its rows; may be gone through several times.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="interner">For the strings of a column; one serves all columns, one after the other.</param>
    public static ColumnForm Write(RegionWriter region, DirectoryWriter directory, KqlType type, IEnumerable<Column> parts, int rowCount, StringInterner interner) => type switch
    {
        KqlType.Bool => WriteIntegers(region, directory, type, Entries<long>.Of<bool>(parts, rowCount, flag => flag ? 1 : 0)),
        KqlType.Int => WriteIntegers(region, directory, type, Entries<long>.Of<int>(parts, rowCount, number => number)),
        KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => WriteIntegers(region, directory, type, Entries<long>.Of<long>(parts, rowCount, number => number)),
        KqlType.Real => WriteReals(region, directory, Entries<double>.Of<double>(parts, rowCount, real => real)),
        KqlType.Decimal => WriteDecimals(region, directory, Entries<decimal>.Of<decimal>(parts, rowCount, number => number)),
        KqlType.Guid => WriteGuids(region, directory, Entries<Guid>.Of<Guid>(parts, rowCount, guid => guid)),
        KqlType.String => WriteTexts(region, directory, parts.Cast<StringColumn>(), rowCount, interner, isJson: false),
        _ => WriteTexts(region, directory, parts.Select(part => ((DynamicColumn)part).ToTexts()), rowCount, interner, isJson: true),
    };

    /// <summary>Reads the directory of a column.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static StoredColumn Read(KqlType type, ColumnForm form, ReadOnlySpan<byte> directory)
    {
        var reader = new DirectoryReader(directory);
        return form switch
        {
            ColumnForm.Constant => new ConstantColumn(type, ref reader),
            ColumnForm.Integers => new IntegersColumn(type, ref reader),
            ColumnForm.Reals => new RealsColumn(ref reader),
            ColumnForm.Decimals => new DecimalsColumn(ref reader),
            ColumnForm.Guids => new GuidsColumn(ref reader),
            ColumnForm.Uuids => new UuidsColumn(ref reader),
            ColumnForm.Dictionary => new DictionaryColumn(type, ref reader),
            ColumnForm.Texts => new TextsColumn(type, ref reader),
            _ => new TextGroupsColumn(type, ref reader),
        };
    }

    private static ColumnForm WriteIntegers(RegionWriter region, DirectoryWriter directory, KqlType type, Entries<long> entries)
    {
        using var pooled = entries;
        if (IsNull(entries, directory)) return ColumnForm.Constant;
        if (entries.Valid is null && !entries.All.ContainsAnyExcept(entries.All[0]))
        {
            ConstantColumn.WriteValue(directory, ValueBytes.Boxed(type, entries.All[0]));
            return ColumnForm.Constant;
        }

        IntegersColumn.Write(region, directory, entries);
        return ColumnForm.Integers;
    }

    private static ColumnForm WriteReals(RegionWriter region, DirectoryWriter directory, Entries<double> entries)
    {
        using var pooled = entries;
        if (IsNull(entries, directory)) return ColumnForm.Constant;
        RealsColumn.Write(region, directory, entries);
        return ColumnForm.Reals;
    }

    private static ColumnForm WriteDecimals(RegionWriter region, DirectoryWriter directory, Entries<decimal> entries)
    {
        using var pooled = entries;
        if (IsNull(entries, directory)) return ColumnForm.Constant;
        DecimalsColumn.Write(region, directory, entries);
        return ColumnForm.Decimals;
    }

    private static ColumnForm WriteGuids(RegionWriter region, DirectoryWriter directory, Entries<Guid> entries)
    {
        using var pooled = entries;
        if (IsNull(entries, directory)) return ColumnForm.Constant;
        GuidsColumn.Write(region, directory, entries);
        return ColumnForm.Guids;
    }

    private static ColumnForm WriteTexts(RegionWriter region, DirectoryWriter directory, IEnumerable<StringColumn> parts, int rowCount, StringInterner interner, bool isJson)
    {
        using var found = StringEntries.Of(parts, rowCount, interner);
        if (found.Codes is { } codes)
        {
            if (codes.All.IsEmpty || (found.Dictionary.Count == 1 && codes.Valid is null))
            {
                ConstantColumn.WriteText(directory, codes.All.IsEmpty ? [] : found.Dictionary[0]);
                return ColumnForm.Constant;
            }

            DictionaryColumn.Write(region, directory, codes, found.Dictionary);
            return ColumnForm.Dictionary;
        }

        if (found.AreUuids && UuidEntries.Of(parts, rowCount) is { } uuids)
        {
            using var pooled = uuids;
            UuidsColumn.Write(region, directory, uuids);
            return ColumnForm.Uuids;
        }

        TextGroupsWriter.Write(region, directory, parts, rowCount, isJson);
        return ColumnForm.TextGroups;
    }

    private static bool IsNull<T>(Entries<T> entries, DirectoryWriter directory)
        where T : unmanaged
    {
        if (!entries.All.IsEmpty) return false;
        ConstantColumn.WriteValue(directory, null);
        return true;
    }
}
