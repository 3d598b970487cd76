using Snowplow.Enrich.Assets;

namespace Snowplow.Enrich.Enrichments.Iab;

/// <summary>The lists by which visitors are judged. Thread-safe.</summary>
/// <param name="OwnBrowsers">User agents that the user vouches for.</param>
/// <param name="OwnRobots">User agents that the user knows to be robots.</param>
/// <param name="Addresses">Addresses of robots.</param>
/// <param name="Browsers">User agents of browsers.</param>
/// <param name="Robots">User agents of robots that look like browsers.</param>
internal sealed record IabLists(
    IabUserAgents OwnBrowsers, IabUserAgents OwnRobots, Asset<IabAddresses> Addresses, Asset<IabUserAgents> Browsers, Asset<IabUserAgents> Robots)
{
    /// <summary>Judges a visitor; the first list that knows better decides.</summary>
    /// <param name="userAgent">The user agent.</param>
    /// <param name="address">The address; what is none is on no list.</param>
    /// <param name="time">When the event happened, as in the enriched event.</param>
    public IabVerdict Judge(ReadOnlySpan<char> userAgent, ReadOnlySpan<byte> address, ReadOnlySpan<byte> time)
    {
        if (OwnBrowsers.Find(userAgent) is not null) return IabVerdict.Browser;
        if (OwnRobots.Find(userAgent) is { } own) return IabVerdict.Robot(own, isActive: true);
        if (Addresses.Current.Contains(address)) return IabVerdict.RobotAddress;
        if (Browsers.Current.Find(userAgent, time) is null) return IabVerdict.NoBrowser;
        return Robots.Current.Find(userAgent) is { } robot ? IabVerdict.Robot(robot, robot.HeldAt(time)) : IabVerdict.Browser;
    }
}
