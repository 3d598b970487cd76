namespace Snowplow.Kql.Data;

/// <summary>What a text must be like, as can be told of many texts together: between which two it is, and which terms it has.</summary>
public sealed class TextPattern
{
    private readonly byte[] _least;
    private readonly byte[]? _greatest;

    /// <summary>A pattern.</summary>
    /// <param name="least">The least text in UTF-8, in the order of bytes.</param>
    /// <param name="greatest">What the greatest text begins with; null where there is no greatest.</param>
    /// <param name="terms">Terms that it has, as <see cref="TextTerms"/> tells them apart, in lower case.</param>
    public TextPattern(ReadOnlySpan<byte> least, byte[]? greatest, IReadOnlyList<string> terms)
    {
        _least = least.ToArray();
        _greatest = greatest;
        Terms = terms;
        Hashes = [.. terms.Select(term => TextTerms.Hash(System.Text.Encoding.ASCII.GetBytes(term)))];
    }

    /// <summary>The one text that fits, in UTF-8; null where several may.</summary>
    public ReadOnlyMemory<byte>? Whole { get; private init; }

    /// <summary>Terms that the text has, in lower case.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Their hashes.</summary>
    public uint[] Hashes { get; }

    /// <summary>The pattern of one text.</summary>
    public static TextPattern Of(ReadOnlySpan<byte> text) => new(text, text.ToArray(), TextTerms.Of(text)) { Whole = text.ToArray() };

    /// <summary>Whether a text may fit.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="terms">The hashes of its terms.</param>
    public bool Passes(ReadOnlySpan<byte> text, ReadOnlySpan<uint> terms)
    {
        if (Whole is { } whole) return text.SequenceEqual(whole.Span);
        if (!IsBetween(text)) return false;
        foreach (var hash in Hashes)
            if (!terms.Contains(hash)) return false;
        return true;
    }

    /// <summary>Whether a text is between the least and the greatest.</summary>
    /// <param name="text">The text in UTF-8.</param>
    public bool IsBetween(ReadOnlySpan<byte> text) => text.SequenceCompareTo(_least) >= 0 && (_greatest is null || !IsAbove(text, _greatest));

    /// <summary>Whether texts between two may fit.</summary>
    /// <param name="least">The least text, or what it begins with.</param>
    /// <param name="greatest">The greatest text, or what it begins with.</param>
    public bool PassesBetween(ReadOnlySpan<byte> least, ReadOnlySpan<byte> greatest) => !IsAbove(_least, greatest) && (_greatest is null || !IsAbove(least, _greatest));

    // Whether a text is above all that begin so.
    private static bool IsAbove(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) => text[..Math.Min(text.Length, prefix.Length)].SequenceCompareTo(prefix) > 0;
}
