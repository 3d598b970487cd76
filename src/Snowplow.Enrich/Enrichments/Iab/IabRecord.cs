namespace Snowplow.Enrich.Enrichments.Iab;

/// <summary>A line of one of the IAB's two lists of user agents.</summary>
/// <param name="Pattern">Text that the user agent contains, in any case.</param>
/// <param name="AtStart">Whether the user agent must begin with it.</param>
/// <param name="Exceptions">Texts that make the line not count where the user agent contains one of them.</param>
/// <param name="Impact">For robots, the <c>primaryImpact</c>: what their visits falsify.</param>
/// <param name="InactiveSince">The day on which the line stopped to hold, as <c>yyyy-MM-dd</c> in UTF-8; null where it holds.</param>
internal sealed record IabRecord(string Pattern, bool AtStart, string[] Exceptions, string Impact, byte[]? InactiveSince)
{
    /// <summary>Whether it is about this user agent.</summary>
    public bool Matches(ReadOnlySpan<char> userAgent)
    {
        if (AtStart ? !userAgent.StartsWith(Pattern, StringComparison.OrdinalIgnoreCase) : !userAgent.Contains(Pattern, StringComparison.OrdinalIgnoreCase))
            return false;
        foreach (var exception in Exceptions)
        {
            if (userAgent.Contains(exception, StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    /// <summary>Whether it held on a day.</summary>
    /// <param name="time">A timestamp that begins with <c>yyyy-MM-dd</c>; empty for now.</param>
    public bool HeldAt(ReadOnlySpan<byte> time) =>
        InactiveSince is null || (time.Length >= InactiveSince.Length && time[..InactiveSince.Length].SequenceCompareTo(InactiveSince) < 0);
}
