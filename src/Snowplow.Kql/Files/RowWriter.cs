using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>Writes the rows of a query as text in UTF-8 while they come, a piece at a time. Used by one thread at a time.</summary>
public abstract class RowWriter
{
    private const int PieceBytes = 64 << 10;

    private readonly Stream _output;
    private readonly Utf8Piece _piece = new(PieceBytes);
    private IReadOnlyList<ColumnSymbol> _columns = [];

    private protected RowWriter(Stream output) => _output = output;

    /// <summary>Rows that were written.</summary>
    public long RowCount { get; private set; }

    /// <summary>A writer of a form.</summary>
    /// <param name="format"><c>csv</c> (RFC 4180), <c>tsv</c> (tabs and line breaks within values are blanks) or <c>json</c> (an object a line).</param>
    /// <param name="output">Where to; it stays the caller's.</param>
    /// <param name="hasHeader">Whether the first line of CSV and TSV names the columns.</param>
    /// <exception cref="ArgumentException">There is no such form.</exception>
    public static RowWriter Of(string format, Stream output, bool hasHeader) => FileFormats.Named(format) switch
    {
        FileFormat.Csv => new DelimitedWriter(output, ',', hasHeader),
        FileFormat.Tsv => new DelimitedWriter(output, '\t', hasHeader),
        FileFormat.Json => new JsonLinesWriter(output),
        _ => throw new ArgumentException($"'{format}' is no form of files: there are {FileFormats.Names}.", nameof(format)),
    };

    /// <summary>Begins with the columns of all rows.</summary>
    internal void Begin(IReadOnlyList<ColumnSymbol> columns)
    {
        _columns = columns;
        Begin(_piece, columns);
    }

    /// <summary>Writes rows.</summary>
    internal void Write(Batch batch)
    {
        var values = new Column[_columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = batch[_columns[i]];
        WriteRows(_piece, values, batch.RowCount);
        RowCount += batch.RowCount;
    }

    /// <summary>Writes what is left.</summary>
    internal void End() => Flush();

    private protected abstract void Begin(Utf8Piece piece, IReadOnlyList<ColumnSymbol> columns);

    private protected abstract void WriteRows(Utf8Piece piece, Column[] values, int rowCount);

    /// <summary>Sends what a row has filled; for after each.</summary>
    private protected void EndRow()
    {
        if (_piece.Written.Length >= PieceBytes) Flush();
    }

    private void Flush()
    {
        _output.Write(_piece.Written);
        _piece.Clear();
    }
}
