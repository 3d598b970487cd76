namespace Snowplow.Kql.Data;

/// <summary>Passes rows whose text fits one of some patterns.</summary>
/// <param name="Column">The place of a column of strings, or of dynamic values, of which the texts of <c>tostring</c> are meant.</param>
/// <param name="Patterns">The patterns; of a dynamic column they ask for terms alone.</param>
public sealed record TextTest(int Column, IReadOnlyList<TextPattern> Patterns) : RowTest
{
    /// <inheritdoc/>
    public override IEnumerable<int> Columns => [Column];

    /// <summary>Whether the empty text passes.</summary>
    public bool PassesEmpty { get; } = Patterns.Any(pattern => pattern.Passes([], []));

    /// <summary>Whether a text may pass.</summary>
    /// <param name="utf8">What is stored of it.</param>
    /// <param name="isJson">Whether that is the JSON of a dynamic value.</param>
    /// <param name="hashes">A buffer.</param>
    public bool Passes(ReadOnlySpan<byte> utf8, bool isJson, TermHashes hashes)
    {
        var isRead = false;
        foreach (var pattern in Patterns)
        {
            if (pattern.Whole is { } whole ? !utf8.SequenceEqual(whole.Span) : !pattern.IsBetween(utf8)) continue;
            if (pattern.Hashes.Length == 0 || pattern.Whole is not null) return true;
            if (!isRead)
            {
                hashes.Clear();
                hashes.Append(utf8, isJson);
                isRead = true;
            }

            if (pattern.Passes(utf8, hashes.All)) return true;
        }

        return false;
    }
}
