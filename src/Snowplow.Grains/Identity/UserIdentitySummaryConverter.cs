using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Identity;

namespace Snowplow.Grains.Identity;

/// <summary>How <see cref="UserIdentitySummary"/> travels between silos: as JSON.</summary>
[GenerateSerializer]
[Alias("Snowplow.UserIdentitySummary")]
public struct UserIdentitySummarySurrogate
{
    /// <summary>UTF-8 JSON.</summary>
    [Id(0)]
    public byte[] Json { get; set; }
}

/// <summary>Makes <see cref="UserIdentitySummary"/> serialisable for Orleans: the model knows nothing of Orleans.</summary>
[RegisterConverter]
public sealed class UserIdentitySummaryConverter : IConverter<UserIdentitySummary, UserIdentitySummarySurrogate>
{
    /// <inheritdoc/>
    public UserIdentitySummary ConvertFromSurrogate(in UserIdentitySummarySurrogate surrogate) =>
        JsonSerializer.Deserialize(surrogate.Json, ModelJson.UserIdentitySummary) ?? throw new JsonException("What a user tells his identities travelled as null.");

    /// <inheritdoc/>
    public UserIdentitySummarySurrogate ConvertToSurrogate(in UserIdentitySummary value) =>
        new() { Json = JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.UserIdentitySummary) };
}
