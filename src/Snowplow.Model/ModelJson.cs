using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model.Identity;
using Snowplow.Model.Profiles;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model;

/// <summary>
/// The JSON of rows (snake_case columns; null is left out) and of states (short names, packed sets; members that a version
/// does not know are skipped). Made by source generation.
/// </summary>
public static class ModelJson
{
    /// <summary>Escapes only what JSON asks for: URLs are full of what HTML needs escaped.</summary>
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly ModelJsonContext Context = new(new JsonSerializerOptions(ModelJsonContext.Default.Options)
    {
        Encoder = Encoder,
    });

    /// <summary>Rows of <c>sessions</c>.</summary>
    public static JsonTypeInfo<SessionRow> SessionRow => Context.SessionRow;

    /// <summary>Rows of <c>users</c>.</summary>
    public static JsonTypeInfo<UserRow> UserRow => Context.UserRow;

    /// <summary>The column session_list of <c>users</c>.</summary>
    internal static JsonTypeInfo<ImmutableArray<UserSession>> UserSessions => Context.ImmutableArrayUserSession;

    /// <summary>What users are told of session rows.</summary>
    public static JsonTypeInfo<SessionSummary> SessionSummary => Context.SessionSummary;

    /// <summary>What identities are told of users.</summary>
    public static JsonTypeInfo<UserIdentitySummary> UserIdentitySummary => Context.UserIdentitySummary;

    /// <summary>States of identity grains.</summary>
    public static JsonTypeInfo<IdentityState> IdentityState => Context.IdentityState;

    /// <summary>States of session grains.</summary>
    public static JsonTypeInfo<SessionState> SessionState => Context.SessionState;

    /// <summary>States of user grains.</summary>
    public static JsonTypeInfo<UserState> UserState => Context.UserState;

    /// <summary>States of profile grains.</summary>
    public static JsonTypeInfo<ProfileState> ProfileState => Context.ProfileState;

    /// <summary>All of them, for serialisers that take options; characters that only HTML needs escaped are not escaped.</summary>
    public static JsonSerializerOptions Options => Context.Options;
}
