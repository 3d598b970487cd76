namespace Snowplow.Kql.Execution.Sorting;

/// <summary>What items are put in order by: words of 64 bits, the first of which counts most. Asked by several threads.</summary>
internal interface ISortWords
{
    /// <summary>A word of each of some items.</summary>
    void Read(int word, ReadOnlySpan<int> items, Span<ulong> words);

    /// <summary>The word by which items go that are equal up to one; -1 where they are equal in all.</summary>
    int Next(int word, ReadOnlySpan<int> items);
}
