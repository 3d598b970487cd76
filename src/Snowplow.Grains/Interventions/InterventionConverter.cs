using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>How an <see cref="Intervention"/> travels between silos.</summary>
[GenerateSerializer]
[Alias("Snowplow.Intervention")]
public struct InterventionSurrogate
{
    /// <summary>The intervention.</summary>
    [Id(0)]
    public string Id { get; set; }

    /// <summary>Its rule.</summary>
    [Id(1)]
    public string Name { get; set; }

    /// <summary>Its group.</summary>
    [Id(2)]
    public string Group { get; set; }

    /// <summary>Its profile.</summary>
    [Id(3)]
    public string Key { get; set; }

    /// <summary>When its event arrived.</summary>
    [Id(4)]
    public DateTimeOffset CollectorTstamp { get; set; }

    /// <summary>What subscribers get.</summary>
    [Id(5)]
    public string Json { get; set; }
}

/// <summary>Makes <see cref="Intervention"/> serialisable for Orleans.</summary>
[RegisterConverter]
public sealed class InterventionConverter : IConverter<Intervention, InterventionSurrogate>
{
    /// <inheritdoc/>
    public Intervention ConvertFromSurrogate(in InterventionSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Name, surrogate.Group, surrogate.Key, surrogate.CollectorTstamp, surrogate.Json);

    /// <inheritdoc/>
    public InterventionSurrogate ConvertToSurrogate(in Intervention value) => new()
    {
        Id = value.Id, Name = value.Name, Group = value.Group, Key = value.Key, CollectorTstamp = value.CollectorTstamp, Json = value.Json,
    };
}
