namespace Snowplow.Kql.Syntax;

/// <summary>Places in texts as people count them.</summary>
public static class TextPlace
{
    /// <summary>Line and column of a character, from 1; of the end where it is beyond.</summary>
    public static (int Line, int Column) Of(string text, int at)
    {
        at = Math.Clamp(at, 0, text.Length);
        var before = text.AsSpan(0, at);
        return (before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }
}
