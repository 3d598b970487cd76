using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Users;

/// <summary>
/// One version of a user: a line of <c>users/</c>, a grain's answer and the live API's document. Columns in this order and by
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

    public string? AppId { get; init; }

    public string? Platform { get; init; }

    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset StartTstamp { get; init; }

    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset EndTstamp { get; init; }

    public long Sessions { get; init; }

    public long PageViews { get; init; }

    public long TotalEvents { get; init; }

    public ImmutableSortedDictionary<string, long> EventCounts { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public string? FirstPageTitle { get; init; }

    public string? FirstPageUrl { get; init; }

    public string? FirstPageUrlhost { get; init; }

    public string? FirstPageUrlpath { get; init; }

    public string? LastPageTitle { get; init; }

    public string? LastPageUrl { get; init; }

    public string? LastPageUrlhost { get; init; }

    public string? LastPageUrlpath { get; init; }

    public string? MktMedium { get; init; }

    public string? MktSource { get; init; }

    public string? MktTerm { get; init; }

    public string? MktContent { get; init; }

    public string? MktCampaign { get; init; }

    public string? MktClickid { get; init; }

    public string? MktNetwork { get; init; }

    public string? PageReferrer { get; init; }

    public string? RefrMedium { get; init; }

    public string? RefrSource { get; init; }

    public string? RefrTerm { get; init; }

    public string? RefrUrlhost { get; init; }

    public string? GeoCountry { get; init; }

    public string? Useragent { get; init; }

    public ImmutableArray<UserSession> SessionList { get; init; } = [];

    public ImmutableArray<string> InexactColumns { get; init; } = [];

    public int ModelGeneration { get; init; } = ModelVersion.Generation;

    public long Revision { get; init; }
}
