using System.Buffers;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// Lines of enriched TSV as CSV of RFC 4180. Data Explorer documents how it reads that; of its <c>tsv</c> the documentation does not say what
/// a quote at the beginning of a value means.
/// </summary>
internal static class CsvLines
{
    // A space at an end of a value is part of it, and said to be so by quotes.
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\r"u8);
    private static readonly SearchValues<byte> Ends = SearchValues.Create("\t\n"u8);

    /// <summary>Writes lines, each ended by a line feed, with as many values as they had.</summary>
    public static void Write(ReadOnlySpan<byte> tsv, IBufferWriter<byte> output)
    {
        while (!tsv.IsEmpty)
        {
            var end = tsv.IndexOfAny(Ends);
            if (end < 0) end = tsv.Length;
            WriteValue(tsv[..end], output);
            output.Write(end == tsv.Length || tsv[end] == '\n' ? "\n"u8 : ","u8);
            tsv = tsv[Math.Min(end + 1, tsv.Length)..];
        }
    }

    private static void WriteValue(ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        if (value.IsEmpty) return;
        if (!value.ContainsAny(Special) && value[0] != ' ' && value[^1] != ' ')
        {
            output.Write(value);
            return;
        }

        output.Write("\""u8);
        for (int quote; (quote = value.IndexOf((byte)'"')) >= 0; value = value[(quote + 1)..])
        {
            output.Write(value[..quote]);
            output.Write("\"\""u8);
        }

        output.Write(value);
        output.Write("\""u8);
    }
}
