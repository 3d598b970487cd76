using System.Collections.Immutable;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>Which interventions go to a webhook.</summary>
/// <param name="Webhook">The webhook's name: the key of its grain.</param>
/// <param name="Interventions">The interventions' names; empty for all.</param>
public sealed record WebhookRoute(string Webhook, ImmutableArray<string> Interventions)
{
    /// <summary>Whether an intervention goes there.</summary>
    public bool Takes(Intervention intervention) => Interventions.IsEmpty || Interventions.Contains(intervention.Name);
}
