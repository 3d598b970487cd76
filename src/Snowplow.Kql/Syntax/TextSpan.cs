namespace Snowplow.Kql.Syntax;

/// <summary>A place in the text of a query.</summary>
/// <param name="Start">The first character.</param>
/// <param name="Length">Number of characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The character after the last.</summary>
    public int End => Start + Length;

    /// <summary>From the start of one to the end of another.</summary>
    public static TextSpan Between(TextSpan first, TextSpan last) => new(first.Start, Math.Max(0, last.End - first.Start));
}
