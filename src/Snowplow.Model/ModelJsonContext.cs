using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Identity;
using Snowplow.Model.Profiles;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionRow))]
[JsonSerializable(typeof(UserRow))]
[JsonSerializable(typeof(SessionSummary))]
[JsonSerializable(typeof(ImmutableArray<UserSession>))]
[JsonSerializable(typeof(SessionState))]
[JsonSerializable(typeof(UserState))]
[JsonSerializable(typeof(UserIdentitySummary))]
[JsonSerializable(typeof(IdentityState))]
[JsonSerializable(typeof(ProfileState))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
