using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Partition;
using Snowplow.Model;

namespace Snowplow.Grains;

/// <summary>How grain storage writes the states of partitions, sessions, users, profiles and webhooks. Made by source generation.</summary>
public static partial class StateJson
{
    /// <summary>For all kinds of state.</summary>
    public static JsonSerializerOptions Options { get; } = new(ModelJson.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ModelJson.Options.TypeInfoResolver, Context.Default),
    };

    [JsonSerializable(typeof(PartitionState))]
    [JsonSerializable(typeof(WebhookQueue))]
    private sealed partial class Context : JsonSerializerContext;
}
