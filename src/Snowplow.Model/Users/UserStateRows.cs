using Snowplow.Model.Identity;

namespace Snowplow.Model.Users;

/// <summary>The rows that a checkpoint takes from a user's state: UTF-8, one JSON object a line each; empty where there is none.</summary>
/// <param name="UserLine">The row of <c>users</c>.</param>
/// <param name="MappingLine">The row of <c>user_mapping</c>, if it has changed.</param>
/// <param name="ConsentLine">The row of <c>consent_users</c>, if it has changed.</param>
/// <param name="ForgottenLine">The row of <c>forgotten</c>, if it has changed.</param>
/// <param name="Identities">What the user's identities are to be told, if it has changed; else null.</param>
public sealed record UserStateRows(byte[] UserLine, byte[] MappingLine, byte[] ConsentLine, byte[] ForgottenLine, UserIdentitySummary? Identities);
