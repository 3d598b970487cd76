using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Sessions;

/// <summary>How <see cref="SessionSummary"/> travels between silos: as JSON.</summary>
[GenerateSerializer]
[Alias("Snowplow.SessionSummary")]
public struct SessionSummarySurrogate
{
    /// <summary>UTF-8 JSON.</summary>
    [Id(0)]
    public byte[] Json { get; set; }
}

/// <summary>Makes <see cref="SessionSummary"/> serialisable for Orleans: the model knows nothing of Orleans.</summary>
[RegisterConverter]
public sealed class SessionSummaryConverter : IConverter<SessionSummary, SessionSummarySurrogate>
{
    /// <inheritdoc/>
    public SessionSummary ConvertFromSurrogate(in SessionSummarySurrogate surrogate) =>
        JsonSerializer.Deserialize(surrogate.Json, ModelJson.SessionSummary) ?? throw new JsonException("What a session tells its users travelled as null.");

    /// <inheritdoc/>
    public SessionSummarySurrogate ConvertToSurrogate(in SessionSummary value) =>
        new() { Json = JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.SessionSummary) };
}
