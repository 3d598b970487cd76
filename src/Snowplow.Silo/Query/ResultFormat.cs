namespace Snowplow.Silo.Query;

/// <summary>Forms of a query's results.</summary>
internal enum ResultFormat
{
    /// <summary>Aligned columns.</summary>
    Table,

    /// <summary>An object a row, one a line.</summary>
    Json,

    /// <summary>CSV (RFC 4180) with a header.</summary>
    Csv,

    /// <summary>TSV with a header; tabs and line breaks within values are blanks.</summary>
    Tsv,
}
