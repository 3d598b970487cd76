using Snowplow.Model.Identity;
using Snowplow.Model.Users;

namespace Snowplow.Grains.Users;

/// <summary>A user grain's answer to a checkpoint, from written state only: UTF-8, one JSON object a line each, empty where there is none.</summary>
/// <param name="IsBehind">Whether the grain lacks a batch that it was sent: the partition replays its range.</param>
/// <param name="UserLine">The row of <c>users</c>.</param>
/// <param name="MappingLine">The row of <c>user_mapping</c>, if it has changed.</param>
/// <param name="ConsentLine">The row of <c>consent_users</c>, if it has changed.</param>
/// <param name="ForgottenLine">The row of <c>forgotten</c>, if it has changed.</param>
/// <param name="Identities">What the user's identities are to be told, if it has changed; else null.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.UserCheckpoint")]
public sealed record UserCheckpoint(
    [property: Id(0)] bool IsBehind,
    [property: Id(1)] byte[] UserLine,
    [property: Id(2)] byte[] MappingLine,
    [property: Id(3)] byte[] ConsentLine,
    [property: Id(4)] byte[] ForgottenLine,
    [property: Id(5)] UserIdentitySummary? Identities)
{
    /// <summary>The answer of a grain that lacks a batch.</summary>
    public static readonly UserCheckpoint Behind = new(true, [], [], [], [], null);

    /// <summary>The answer with rows, if there are any.</summary>
    public static UserCheckpoint With(UserStateRows? rows) =>
        rows is null ? new(false, [], [], [], [], null) : new(false, rows.UserLine, rows.MappingLine, rows.ConsentLine, rows.ForgottenLine, rows.Identities);
}
