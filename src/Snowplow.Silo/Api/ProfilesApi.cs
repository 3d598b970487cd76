using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Snowplow.Grains.Profiles;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Silo.Api;

/// <summary>Live profiles (<c>docs/live-profiles.md</c>), from their grains' memory: they may be ahead of files and tables.</summary>
internal static class ProfilesApi
{
    private const string JsonContentType = "application/json; charset=utf-8";

    /// <summary>Maps <c>/profiles</c> and <c>/profiles/{group}/{key}</c>.</summary>
    public static void MapProfiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profiles", ListGroups).Produces<ProfileGroups>();
        api.MapGet("/profiles/{group}/{key}", FindProfile).Produces<Profile>().Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    /// <summary>The attribute groups of the model rules.</summary>
    internal static IResult ListGroups(ModelRules rules) => TypedResults.Ok(new ProfileGroups([.. rules.Profiles.Groups.Select(ProfileGroup.Of)]));

    /// <summary>A profile: the attributes of a group for one value of its key, at this moment. Of a key that no event had, the defaults.</summary>
    internal static async Task<IResult> FindProfile(
        [Description("The group's name.")] string group,
        [Description("The key's value. Of the key 'user': domain_userid, network_userid or user_id as the tracker sent it, tried in this order; or a user key such as d:….")] string key,
        ModelRules rules,
        IClusterClient client,
        TimeProvider clock)
    {
        if (rules.Profiles.Find(group) is not { } attributes)
            return TypedResults.NotFound(new ApiError(Unknown(group, rules)));
        key = KeyOf(key);
        if (Encoding.UTF8.GetByteCount(key) > AttributeGroup.MaxKeyLength)
            return TypedResults.NotFound(new ApiError($"A key has at most {AttributeGroup.MaxKeyLength} bytes: events with a longer one have no profile."));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var grainKey in attributes.GrainKeys(key))
        {
            if (await client.GetGrain<IProfileGrain>(grainKey).Find(group, now) is { } profile)
                return TypedResults.Bytes(profile.Utf8, JsonContentType);
        }

        return TypedResults.Bytes(ProfileJson.Empty(attributes, key), JsonContentType);
    }

    /// <summary>A key as it was meant: routing leaves the escape of a slash as it is.</summary>
    internal static string KeyOf(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Says that there is no such group, and which there are.</summary>
    internal static string Unknown(string group, ModelRules rules) => rules.Profiles.Groups.IsEmpty
        ? "There are no attribute groups: name some in the model rules, as docs/live-profiles.md shows."
        : $"There is no attribute group '{group}'. There are: {string.Join(", ", rules.Profiles.Groups.Select(known => known.Name))}.";
}

/// <summary>All attribute groups.</summary>
/// <param name="Groups">In the order of the model rules.</param>
internal sealed record ProfileGroups(IReadOnlyList<ProfileGroup> Groups);

/// <summary>An attribute group of the model rules.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Key">What tells its profiles apart: user, session, or a field.</param>
/// <param name="TtlInS">Seconds without an event after which a profile is forgotten.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record ProfileGroup(string Name, int Version, string Key, long? TtlInS, IReadOnlyList<ProfileAttributeRule> Attributes)
{
    /// <summary>The description of a group.</summary>
    public static ProfileGroup Of(AttributeGroup group) => new(
        group.Name, group.Version, group.KeyName, (long?)group.Ttl?.TotalSeconds, [.. group.Attributes.Select(ProfileAttributeRule.Of)]);
}

/// <summary>An attribute of a group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aggregation">What is made of the events.</param>
/// <param name="Property">The field whose value is taken.</param>
/// <param name="PeriodInS">The length of the rolling window in seconds.</param>
/// <param name="DefaultValue">The value where no event has been counted.</param>
internal sealed record ProfileAttributeRule(string Name, string Aggregation, string? Property, long? PeriodInS, JsonElement? DefaultValue)
{
    /// <summary>The description of an attribute.</summary>
    public static ProfileAttributeRule Of(ProfileAttribute attribute) => new(
        attribute.Name, attribute.AggregationName, attribute.Property, (long?)attribute.Period?.TotalSeconds, attribute.DefaultValue);
}

/// <summary>A profile.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Version">The group's version.</param>
/// <param name="Key">The key's value.</param>
/// <param name="LastEventTstamp">The time of the newest event that an attribute took; missing where there is none.</param>
/// <param name="Attributes">The attributes by name: numbers, texts, true or false, times as ISO 8601, lists, counts by value, or null.</param>
internal sealed record Profile(string Group, int Version, string Key, DateTimeOffset? LastEventTstamp, IReadOnlyDictionary<string, JsonElement?> Attributes);
