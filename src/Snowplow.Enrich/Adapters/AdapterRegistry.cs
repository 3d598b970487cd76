using System.Collections.Frozen;
using Snowplow.Enrich.Adapters.Webhooks;
using Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;
using Snowplow.Enrich.Payloads;

namespace Snowplow.Enrich.Adapters;

/// <summary>All adapters by path. A new webhook is one file and one line here.</summary>
internal static class AdapterRegistry
{
    /// <summary>All adapters, each of another path.</summary>
    public static readonly IReadOnlyList<IAdapter> All =
    [
        new Tp1Adapter(),
        new Tp2Adapter(),
        new RedirectAdapter(),
        new CallRailAdapter(),
        new CloudFrontAdapter(),
        new GoogleAnalyticsAdapter(),
        new HubSpotAdapter(),
        new IgluAdapter(),
        new MailchimpAdapter(),
        new MailgunAdapter(),
        new MandrillAdapter(),
        new MarketoAdapter(),
        new OlarkAdapter(),
        new PagerDutyAdapter(),
        new PingdomAdapter(),
        new SendGridAdapter(),
        new StatusGatorAdapter(),
        new UnbounceAdapter(),
        new UrbanAirshipAdapter(),
        new VeroAdapter(),
    ];

    private static readonly FrozenDictionary<ApiPath, IAdapter> ByPath = All.ToFrozenDictionary(adapter => new ApiPath(adapter.Vendor, adapter.Version));

    /// <summary>The adapter of a path, or null where there is none.</summary>
    public static IAdapter? Find(ApiPath path) => ByPath.GetValueOrDefault(path);
}
