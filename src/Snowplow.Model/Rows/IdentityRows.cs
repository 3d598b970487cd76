using Snowplow.Model.Identity;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Rows;

/// <summary>Writes the rows of identities, by the rules of <see cref="IdentityColumns"/> and <see cref="IdentityMergeColumns"/>.</summary>
internal static class IdentityRows
{
    public static void Write(this RowLines lines, IdentityState identity, ModelRules rules)
    {
        var (into, since) = identity.BelongsTo(rules);
        lines.Begin();
        var row = lines.Row;
        row.WriteString("identity"u8, identity.Key);
        row.WriteString("identifier"u8, IdentityKey.IdentifierOf(identity.Key));
        row.WriteString("value"u8, IdentityKey.ValueOf(identity.Key));
        row.Texts("user_keys"u8, identity.Holders.Select(user => user.Key));
        if (!identity.IsShared) row.WriteNumber("users"u8, identity.Holders.Count());
        row.WriteBoolean("is_shared"u8, identity.IsShared);
        row.Text("belongs_to"u8, into);
        row.Time("belongs_since"u8, into is null ? null : since);
        row.Time("first_tstamp"u8, identity.Holders.Any() ? identity.Holders.Min(user => user.FirstMs) : null);
        row.WriteNumber("model_version"u8, identity.RulesVersion);
        row.WriteNumber("model_generation"u8, identity.Generation);
        row.WriteNumber("revision"u8, identity.Writes.Number);
        lines.End();
    }

    public static void Write(this RowLines lines, IdentityMerge merge, IdentityState identity)
    {
        lines.Begin();
        var row = lines.Row;
        row.WriteString("identity"u8, identity.Key);
        row.WriteString("belongs_to"u8, merge.Into);
        row.Text("former_belongs_to"u8, merge.Before);
        row.Time("merged_tstamp"u8, merge.AtMs);
        row.WriteNumber("model_generation"u8, identity.Generation);
        row.WriteNumber("revision"u8, merge.Revision);
        lines.End();
    }
}
