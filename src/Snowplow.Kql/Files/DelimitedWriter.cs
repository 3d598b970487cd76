using System.Buffers;
using System.Text;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>Writes CSV, where what has to be is quoted, or TSV, where tabs and line breaks become blanks.</summary>
internal sealed class DelimitedWriter(Stream output, char delimiter, bool hasHeader) : RowWriter(output)
{
    private static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);
    private static readonly SearchValues<byte> Blanked = SearchValues.Create("\t\r\n"u8);

    private protected override void Begin(Utf8Piece piece, IReadOnlyList<ColumnSymbol> columns)
    {
        if (!hasHeader) return;
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) piece.Add(delimiter);
            AddText(piece, Encoding.UTF8.GetBytes(columns[i].Name));
        }

        piece.Add('\n');
    }

    private protected override void WriteRows(Utf8Piece piece, Column[] values, int rowCount)
    {
        for (var row = 0; row < rowCount; row++)
        {
            WriteRow(piece, values, row);
            EndRow();
        }
    }

    private void WriteRow(Utf8Piece piece, Column[] values, int row)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) piece.Add(delimiter);
            if (values[i] is StringColumn texts) AddText(piece, texts.Utf8(row));
            else if (values[i] is DynamicColumn dynamics) AddText(piece, Encoding.UTF8.GetBytes(DynamicValue.Text(dynamics[row])));
            else piece.AddValue(values[i], row);
        }

        piece.Add('\n');
    }

    private void AddText(Utf8Piece piece, ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(delimiter == ',' ? Quoted : Blanked)) piece.Add(text);
        else if (delimiter == ',') AddQuoted(piece, text);
        else AddBlanked(piece, text);
    }

    private static void AddQuoted(Utf8Piece piece, ReadOnlySpan<byte> text)
    {
        piece.Add('"');
        while (text.IndexOf((byte)'"') is >= 0 and var quote)
        {
            piece.Add(text[..(quote + 1)]);
            piece.Add('"');
            text = text[(quote + 1)..];
        }

        piece.Add(text);
        piece.Add('"');
    }

    // The two characters of a line's end are one blank.
    private static void AddBlanked(Utf8Piece piece, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(Blanked) is >= 0 and var at)
        {
            piece.Add(text[..at]);
            piece.Add(' ');
            text = text[at..].StartsWith("\r\n"u8) ? text[(at + 2)..] : text[(at + 1)..];
        }

        piece.Add(text);
    }
}
