using System.Collections.Immutable;

namespace Snowplow.Model.Identity;

/// <summary>
/// The columns of <c>identities</c>: which users have an identity, and to which other it belongs. Key: <c>identity</c>. Version:
/// (<c>model_generation</c>, <c>revision</c>); readers keep the greatest.
/// </summary>
/// <remarks>
/// The person of a user is found by the reader: the first of the user's identities that is not shared; from it belongs_to, as long
/// as there is one that is not shared, at most as many steps as there are identifiers. A user without such identities is a person
/// by himself. So a login shows in all history at once, and nothing is rewritten.
/// </remarks>
public static class IdentityColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("identity", "string", "identifier, colon, value"),
        new("identifier", "string", "the identifier's name in the model rules"),
        new("value", "string", "the value, cut at 255 characters"),
        new("user_keys", "dynamic", "array: keys of the users for whom it holds, in ordinal order; empty where is_shared"),
        new("users", "long", "their number; null where is_shared. 0: it held for somebody once, and now is nobody's"),
        new("is_shared", "bool", "whether more users than the rules allow (max_users) were ever seen with it: it means nobody in particular then"),
        new("belongs_to", "string", "the identity above it, by the order of the rules, that its users have; of several of one identifier the one first seen. Null where there is none: the identity is a person"),
        new("belongs_since", "datetime", "derived_tstamp of the first event of a user of this identity with belongs_to"),
        new("first_tstamp", "datetime", "derived_tstamp of the first event with it, of users for whom it holds"),
        new("model_version", "long", "version of the model rules under which the row was made; 0 for the built-in ones"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state that the row comes from"),
    ];
}
