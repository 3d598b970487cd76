using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Users;

namespace Snowplow.Grains.Users;

/// <summary>How <see cref="UserRow"/> travels between silos: as the JSON that it is in files.</summary>
[GenerateSerializer]
[Alias("Snowplow.UserRow")]
public struct UserRowSurrogate
{
    /// <summary>UTF-8 JSON.</summary>
    [Id(0)]
    public byte[] Json { get; set; }
}

/// <summary>Makes <see cref="UserRow"/> serialisable for Orleans: the model knows nothing of Orleans.</summary>
[RegisterConverter]
public sealed class UserRowConverter : IConverter<UserRow, UserRowSurrogate>
{
    /// <inheritdoc/>
    public UserRow ConvertFromSurrogate(in UserRowSurrogate surrogate) =>
        JsonSerializer.Deserialize(surrogate.Json, ModelJson.UserRow) ?? throw new JsonException("A user row travelled as null.");

    /// <inheritdoc/>
    public UserRowSurrogate ConvertToSurrogate(in UserRow value) =>
        new() { Json = JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.UserRow) };
}
