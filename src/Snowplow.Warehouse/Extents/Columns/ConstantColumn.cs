using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>A column with the same value in all rows. The directory holds whether there is one, and it (texts as they are, all else as JSON lines have it).</summary>
internal sealed unsafe class ConstantColumn : StoredColumn
{
    private readonly Column _one;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public ConstantColumn(KqlType type, ref DirectoryReader directory) => _one = type switch
    {
        KqlType.String => StringColumn.Constant(directory.Text(), 1),
        KqlType.Dynamic => new DynamicColumn(StringColumn.Constant(directory.Text(), 1)),
        _ => Kql.Data.Columns.Constant(type, directory.Unsigned() == 0 ? null : ValueBytes.Read(type, directory.Bytes()), 1),
    };

    public override (object Least, object Greatest)? Range => _one.Type is KqlType.Dynamic or KqlType.String || _one.Box(0) is not { } value ? null : (value, value);

    /// <summary>Writes the directory of a string or JSON text.</summary>
    public static void WriteText(DirectoryWriter directory, ReadOnlySpan<byte> text) => directory.Bytes(text);

    /// <summary>Writes the directory of a value; null for null.</summary>
    public static void WriteValue(DirectoryWriter directory, object? value)
    {
        directory.Unsigned(value is null ? 0u : 1u);
        if (value is not null) directory.Bytes(ValueBytes.Of(value));
    }

    public override Column Read(byte* region, int block, int rows) => _one.Slice(0, rows);

    public override bool MayHold(byte* region, ColumnRange range, int block) => RangeTest.MayHold(range, _one.Box(0));

    public override bool MayHold(byte* region, TextTest test, int block, int rows)
    {
        var text = (_one as StringColumn ?? ((DynamicColumn)_one).ToTexts()).Utf8(0);
        return test.Passes(text, _one is DynamicColumn, new TermHashes());
    }

    public override long? Int64At(byte* region, int row) => ValueBytes.Int64(_one.Box(0));
}
