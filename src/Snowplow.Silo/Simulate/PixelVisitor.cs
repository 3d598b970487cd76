using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>A reader of a page or an e-mail that holds only the tracking pixel: no script, no session, no visitor id.</summary>
internal sealed class PixelVisitor(VisitorContext shared, Client client, SeededRandom random)
    : Visitor(shared, client, isGet: true, random)
{
    /// <summary>A reader with one of the browsers and the collector's cookie.</summary>
    public static PixelVisitor Create(VisitorContext shared, SeededRandom random)
    {
        var browser = random.Pick<Browser>(Devices.Browsers);
        return new PixelVisitor(
            shared, new Client(browser.UserAgent, Devices.Address(ref random), $"sp={random.NextGuid()}", null, false), random);
    }

    /// <inheritdoc/>
    protected override long? Step(long now)
    {
        var page = Random.Pick<Page>(Shop.Journal);
        var request = BeginEvent("pv"u8, Random.NextGuid(), now);
        request.Add("p"u8, "web"u8);
        request.Add("tv"u8, "no-js-0.1.0"u8);
        request.Add("aid"u8, Shared.AppId);
        request.Add("url"u8, Encoding.UTF8.GetBytes($"{page.Url}?utm_source=newsletter&utm_medium=email&utm_campaign=journal"));
        request.Add("page"u8, page.TitleBytes);
        EndEvent(request);
        return Random.Chance(0.6) ? 5000 + (long)Random.NextExponential(3_600_000) : null;
    }
}
