using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Users;

/// <summary>
/// One version of a user, as a reader of <c>users/</c> or of the live API sees it. Columns in this order and by
/// these names in snake_case; their units and rules are in <see cref="UserColumns"/>.
/// </summary>
#pragma warning disable CS1591 // Documented column by column in UserColumns, which a test holds against this record.
public sealed record UserRow
{
    public required string UserKey { get; init; }

    public required string UserIdentifier { get; init; }

    public string? UserId { get; init; }

    public ImmutableArray<string> UserIds { get; init; } = [];

    public ImmutableArray<string> DeviceIdentifiers { get; init; } = [];

    public ImmutableArray<string> NetworkUserids { get; init; } = [];

    public required string StitchedUserId { get; init; }

    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset StartTstamp { get; init; }

    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset EndTstamp { get; init; }

    public bool OnWeb { get; init; }

    public bool OnMobile { get; init; }

    public long Sessions { get; init; }

    public long ActiveDays { get; init; }

    public long Views { get; init; }

    public long EngagedTimeInS { get; init; }

    public long AbsoluteTimeInS { get; init; }

    public long AppErrors { get; init; }

    public long FatalAppErrors { get; init; }

    public long PageViews { get; init; }

    public long TotalEvents { get; init; }

    public ImmutableSortedDictionary<string, long> EventCounts { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public string? AppId { get; init; }

    public string? Platform { get; init; }

    public string? DeviceIdentifier { get; init; }

    public string? FirstEventName { get; init; }

    public string? LastEventName { get; init; }

    public string? FirstPageTitle { get; init; }

    public string? FirstPageUrl { get; init; }

    public string? FirstPageUrlscheme { get; init; }

    public string? FirstPageUrlhost { get; init; }

    public string? FirstPageUrlpath { get; init; }

    public string? FirstPageUrlquery { get; init; }

    public string? FirstPageUrlfragment { get; init; }

    public string? FirstContentGroup { get; init; }

    public string? LastPageTitle { get; init; }

    public string? LastPageUrl { get; init; }

    public string? LastPageUrlscheme { get; init; }

    public string? LastPageUrlhost { get; init; }

    public string? LastPageUrlpath { get; init; }

    public string? LastPageUrlquery { get; init; }

    public string? LastPageUrlfragment { get; init; }

    public string? LastContentGroup { get; init; }

    [JsonPropertyName("first_screen_view__name")]
    public string? FirstScreenViewName { get; init; }

    [JsonPropertyName("first_screen_view__type")]
    public string? FirstScreenViewType { get; init; }

    [JsonPropertyName("last_screen_view__name")]
    public string? LastScreenViewName { get; init; }

    [JsonPropertyName("last_screen_view__type")]
    public string? LastScreenViewType { get; init; }

    public string? MktMedium { get; init; }

    public string? MktSource { get; init; }

    public string? MktTerm { get; init; }

    public string? MktContent { get; init; }

    public string? MktCampaign { get; init; }

    public string? MktClickid { get; init; }

    public string? MktNetwork { get; init; }

    public string? DefaultChannelGroup { get; init; }

    public string? PageReferrer { get; init; }

    public string? RefrUrlhost { get; init; }

    public string? RefrUrlpath { get; init; }

    public string? RefrMedium { get; init; }

    public string? RefrSource { get; init; }

    public string? RefrTerm { get; init; }

    public string? FirstGeoCountry { get; init; }

    public string? FirstGeoRegionName { get; init; }

    public string? FirstGeoCity { get; init; }

    public string? LastGeoCountry { get; init; }

    public string? LastGeoRegionName { get; init; }

    public string? LastGeoCity { get; init; }

    public string? GeoRegion { get; init; }

    public string? GeoZipcode { get; init; }

    public string? GeoTimezone { get; init; }

    public double? GeoLatitude { get; init; }

    public double? GeoLongitude { get; init; }

    public string? DeviceCategory { get; init; }

    public string? OsType { get; init; }

    public string? OsVersion { get; init; }

    public string? OsTimezone { get; init; }

    public string? ScreenResolution { get; init; }

    public string? FirstBrLang { get; init; }

    public string? LastBrLang { get; init; }

    public string? BrRenderengine { get; init; }

    public string? Useragent { get; init; }

    public string? UserIpaddress { get; init; }

    [JsonPropertyName("ua__device_family")]
    public string? UaDeviceFamily { get; init; }

    [JsonPropertyName("ua__useragent_family")]
    public string? UaUseragentFamily { get; init; }

    [JsonPropertyName("ua__useragent_version")]
    public string? UaUseragentVersion { get; init; }

    [JsonPropertyName("mobile__device_manufacturer")]
    public string? MobileDeviceManufacturer { get; init; }

    [JsonPropertyName("mobile__device_model")]
    public string? MobileDeviceModel { get; init; }

    [JsonPropertyName("mobile__carrier")]
    public string? MobileCarrier { get; init; }

    [JsonPropertyName("mobile__network_type")]
    public string? MobileNetworkType { get; init; }

    [JsonPropertyName("app__version")]
    public string? AppVersion { get; init; }

    [JsonPropertyName("app__build")]
    public string? AppBuild { get; init; }

    public string? LastMktMedium { get; init; }

    public string? LastMktSource { get; init; }

    public string? LastMktCampaign { get; init; }

    public string? LastDefaultChannelGroup { get; init; }

    public ImmutableArray<UserSession> SessionList { get; init; } = [];

    public ImmutableArray<string> Identities { get; init; } = [];

    public ImmutableArray<string> InexactColumns { get; init; } = [];

    public int ModelVersion { get; init; }

    public int ModelGeneration { get; init; } = Model.ModelVersion.Generation;

    public long Revision { get; init; }
}
