using System.ComponentModel;
using Microsoft.AspNetCore.Routing;
using Snowplow.Grains.Interventions;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;
using Snowplow.Silo.Interventions;

namespace Snowplow.Silo.Api;

/// <summary>Interventions (<c>docs/live-profiles.md</c>): the rules, how the webhooks do, and the feeds.</summary>
internal static class InterventionsApi
{
    /// <summary>Adds the feed.</summary>
    public static void AddInterventions(this IServiceCollection services)
    {
        services.AddSingleton<InterventionHub>();
        services.AddHostedService(provider => provider.GetRequiredService<InterventionHub>());
    }

    /// <summary>Maps <c>/interventions</c>, <c>/interventions/stream</c> and <c>/profiles/{group}/{key}/stream</c>.</summary>
    public static void MapInterventions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/interventions", ListInterventions).Produces<InterventionList>();
        api.MapGet("/interventions/stream", Watch)
            .WithSummary("Server-sent events for as long as the connection lasts: each intervention, as event: intervention.")
            .Produces<string>(contentType: "text/event-stream");
        api.MapGet("/profiles/{group}/{key}/stream", WatchProfile)
            .WithSummary("Server-sent events for as long as the connection lasts: the interventions of one profile, as event: intervention.")
            .Produces<string>(contentType: "text/event-stream").Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    /// <summary>The interventions of the model rules, and how their webhooks do.</summary>
    internal static async Task<IResult> ListInterventions(ModelRules rules, InterventionOptions options, IGrainFactory grains)
    {
        var webhooks = new List<WebhookHealth>();
        foreach (var name in options.Webhooks.Keys)
        {
            var status = await grains.GetGrain<IWebhookGrain>(name).GetStatus();
            webhooks.Add(new WebhookHealth(name, status.Waiting, status.Delivered, status.Dead, status.Problem));
        }

        return TypedResults.Ok(new InterventionList(
            [.. rules.Profiles.Interventions.Select(rule => new InterventionInfo(rule.Name, rule.Version, rule.Group))], webhooks));
    }

    private static Task Watch(HttpContext context, InterventionHub hub, IHostApplicationLifetime lifetime) =>
        WatchAsync(context, hub, _ => true, lifetime);

    private static async Task WatchProfile(
        [Description("The group's name.")] string group,
        [Description("The key's value, as /api/profiles/{group}/{key} takes it.")] string key,
        HttpContext context,
        ModelRules rules,
        InterventionHub hub,
        IHostApplicationLifetime lifetime)
    {
        if (rules.Profiles.Find(group) is not { } attributes)
        {
            await TypedResults.NotFound(new ApiError(ProfilesApi.Unknown(group, rules))).ExecuteAsync(context);
            return;
        }

        var keys = attributes.GrainKeys(ProfilesApi.KeyOf(key)).ToHashSet(StringComparer.Ordinal);
        await WatchAsync(context, hub, told => told.Group == group && keys.Contains($"{attributes.KeyName}:{told.Key}"), lifetime);
    }

    private static async Task WatchAsync(HttpContext context, InterventionHub hub, Func<Intervention, bool> wants, IHostApplicationLifetime lifetime)
    {
        var messages = hub.Watch(wants);
        try
        {
            await ServerSentEvents.WriteAsync(context, messages.Reader, lifetime.ApplicationStopping);
        }
        finally
        {
            hub.Leave(messages);
        }
    }
}

/// <summary>All interventions, and the webhooks that are told.</summary>
/// <param name="Interventions">In the order of the model rules.</param>
/// <param name="Webhooks">The configured webhooks.</param>
internal sealed record InterventionList(IReadOnlyList<InterventionInfo> Interventions, IReadOnlyList<WebhookHealth> Webhooks);

/// <summary>An intervention of the model rules.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Group">The group whose attributes its condition asks.</param>
internal sealed record InterventionInfo(string Name, int Version, string Group);

/// <summary>How a webhook does.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Waiting">Interventions that are not delivered yet.</param>
/// <param name="Delivered">Interventions delivered so far.</param>
/// <param name="Dead">Interventions given up, in the dead letters.</param>
/// <param name="Problem">Why the last attempt failed; missing where it succeeded.</param>
internal sealed record WebhookHealth(string Name, int Waiting, long Delivered, long Dead, string? Problem);
