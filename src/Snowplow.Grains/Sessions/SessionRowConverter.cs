using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Sessions;

/// <summary>How <see cref="SessionRow"/> travels between silos: as the JSON that it is in files.</summary>
[GenerateSerializer]
[Alias("Snowplow.SessionRow")]
public struct SessionRowSurrogate
{
    /// <summary>UTF-8 JSON.</summary>
    [Id(0)]
    public byte[] Json { get; set; }
}

/// <summary>Makes <see cref="SessionRow"/> serialisable for Orleans: the model knows nothing of Orleans.</summary>
[RegisterConverter]
public sealed class SessionRowConverter : IConverter<SessionRow, SessionRowSurrogate>
{
    /// <inheritdoc/>
    public SessionRow ConvertFromSurrogate(in SessionRowSurrogate surrogate) =>
        JsonSerializer.Deserialize(surrogate.Json, ModelJson.SessionRow) ?? throw new JsonException("A session row travelled as null.");

    /// <inheritdoc/>
    public SessionRowSurrogate ConvertToSurrogate(in SessionRow value) =>
        new() { Json = JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.SessionRow) };
}
