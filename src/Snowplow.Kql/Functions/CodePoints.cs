namespace Snowplow.Kql.Functions;

/// <summary>Texts by code points, as KQL counts them.</summary>
internal static class CodePoints
{
    /// <summary>Number of code points.</summary>
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) count--;
        return count;
    }

    /// <summary>A part of a text, from the end where <paramref name="start"/> is negative; empty out of range.</summary>
    public static string Substring(string text, long start, long length)
    {
        var count = Count(text);
        if (start < 0) start = Math.Max(0, count + start);
        if (start >= count || length <= 0) return "";
        length = Math.Min(length, count - start);
        if (count == text.Length) return text.Substring((int)start, (int)length);
        return string.Concat(text.EnumerateRunes().Skip((int)start).Take((int)length).Select(rune => rune.ToString()));
    }

    /// <summary>The code points from the end to the start.</summary>
    public static string Reverse(string text) => string.Concat(text.EnumerateRunes().ToArray().Reverse().Select(rune => rune.ToString()));
}
