namespace Snowplow.Silo.Simulate;

/// <summary>How far a browser's tracker may tell visitors apart.</summary>
internal enum Tracking
{
    /// <summary>First-party cookies: a visitor id, sessions, and the collector's cookie.</summary>
    Cookies,

    /// <summary>Anonymous tracking with sessions: session ids, but no visitor id.</summary>
    SessionOnly,

    /// <summary>Anonymous tracking on both ends: no ids, and <c>SP-Anonymous</c> tells the collector to add none.</summary>
    Anonymous,
}

/// <summary>Who a browser is to the tracker.</summary>
/// <param name="Client">What the requests' headers say.</param>
/// <param name="Browser">The browser.</param>
/// <param name="Region">Language and time zone.</param>
/// <param name="Tracking">How far the visitor is told apart.</param>
/// <param name="DomainUserId">The first-party cookie's visitor id (<c>duid</c>), used only with <see cref="Tracking.Cookies"/>.</param>
/// <param name="UserId">The id of a visitor who is logged in (<c>uid</c>); null for others.</param>
/// <param name="SendsSessionEntity">The page switched the tracker's session entity on.</param>
internal sealed record WebIdentity(
    Client Client, Browser Browser, Region Region, Tracking Tracking, Guid DomainUserId, string? UserId, bool SendsSessionEntity)
{
    /// <summary>Draws a visitor: four in five with cookies, the rest anonymous.</summary>
    public static WebIdentity Random(int number, ref SeededRandom random)
    {
        var tracking = random.NextDouble() switch { < 0.80 => Tracking.Cookies, < 0.87 => Tracking.SessionOnly, _ => Tracking.Anonymous };
        var browser = random.Pick<Browser>(Devices.Browsers);
        var cookie = tracking == Tracking.Anonymous ? null : $"sp={random.NextGuid()}";
        var client = new Client(browser.UserAgent, Devices.Address(ref random), cookie, Shop.Origin, tracking == Tracking.Anonymous);
        var userId = tracking == Tracking.Cookies && random.Chance(0.2) ? $"customer-{number:D6}" : null;
        return new WebIdentity(
            client, browser, random.Pick<Region>(Devices.Regions), tracking, random.NextGuid(), userId,
            SendsSessionEntity: tracking != Tracking.Anonymous && random.Chance(0.6));
    }
}
