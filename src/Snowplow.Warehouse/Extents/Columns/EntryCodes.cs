namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Codes of rows whose strings are stored one after the other, the empty ones left out.</summary>
internal static class EntryCodes
{
    /// <summary>The codes of the rows of a block.</summary>
    /// <param name="first">The code of the first string that is there.</param>
    /// <param name="count">Number of strings that are there.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="valid">A bit for each row whose string is there; null where all are.</param>
    /// <param name="empty">The code of the empty string.</param>
    public static int[] Of(int first, int count, int rows, ulong[]? valid, int empty)
    {
        var codes = GC.AllocateUninitializedArray<int>(rows);
        if (valid is null)
        {
            for (var i = 0; i < count; i++) codes[i] = first + i;
            return codes;
        }

        for (var row = 0; row < rows; row++) codes[row] = (valid[row >> 6] >> (row & 63) & 1) != 0 ? first++ : empty;
        return codes;
    }

    /// <summary>Codes of the strings that are there as codes of all rows.</summary>
    /// <param name="codes">The codes, and room for one a row; they are moved within it.</param>
    /// <param name="count">Number of strings that are there.</param>
    /// <param name="valid">A bit for each row whose string is there; null where all are.</param>
    /// <param name="empty">The code of the empty string.</param>
    public static int[] Spread(int[] codes, int count, ulong[]? valid, int empty)
    {
        if (valid is null) return codes;
        for (var row = codes.Length - 1; row >= 0; row--) codes[row] = (valid[row >> 6] >> (row & 63) & 1) != 0 ? codes[--count] : empty;
        return codes;
    }
}
