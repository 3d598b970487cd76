using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model;

/// <summary>
/// The JSON of rows (snake_case columns; null is left out) and of states (short names, packed sets; members that a version
/// does not know are skipped). Made by source generation.
/// </summary>
public static class ModelJson
{
    private static readonly ModelJsonContext Context = new(new JsonSerializerOptions(ModelJsonContext.Default.Options)
    {
        // Escaped only where JSON asks for it, for URLs are full of what HTML needs escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Rows of <c>sessions</c>.</summary>
    public static JsonTypeInfo<SessionRow> SessionRow => Context.SessionRow;

    /// <summary>Rows of <c>users</c>.</summary>
    public static JsonTypeInfo<UserRow> UserRow => Context.UserRow;

    /// <summary>States of session grains.</summary>
    public static JsonTypeInfo<SessionState> SessionState => Context.SessionState;

    /// <summary>States of user grains.</summary>
    public static JsonTypeInfo<UserState> UserState => Context.UserState;

    /// <summary>All four, for serialisers that take options; characters that only HTML needs escaped are not escaped.</summary>
    public static JsonSerializerOptions Options => Context.Options;
}
