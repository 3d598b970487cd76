using System.Text.Json.Serialization;

namespace Snowplow.Model.Users;

/// <summary>Sums over a user's sessions.</summary>
internal sealed record SessionSums
{
    [JsonPropertyName("v")]
    public long Views { get; init; }

    [JsonPropertyName("g")]
    public long EngagedTimeInS { get; init; }

    [JsonPropertyName("a")]
    public long AbsoluteTimeInS { get; init; }

    [JsonPropertyName("e")]
    public long AppErrors { get; init; }

    [JsonPropertyName("f")]
    public long FatalAppErrors { get; init; }

    public SessionSums With(UserSession session) => new()
    {
        Views = Views + session.Views,
        EngagedTimeInS = EngagedTimeInS + session.EngagedTimeInS,
        AbsoluteTimeInS = AbsoluteTimeInS + session.AbsoluteTimeInS,
        AppErrors = AppErrors + session.AppErrors,
        FatalAppErrors = FatalAppErrors + session.FatalAppErrors,
    };
}
