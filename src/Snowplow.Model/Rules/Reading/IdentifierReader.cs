using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the identifiers of persons: <c>[{"name", "field", "unique"?, "max_users"?}, …]</c>, the one to trust most first.</summary>
internal static partial class IdentifierReader
{
    /// <summary>The most users that one may be allowed: an identity's state lists them.</summary>
    public const int MaxUsers = 1000;

    private const int DefaultMaxUsers = 50;

    /// <summary>Reads the list.</summary>
    public static ImmutableArray<Identifier> Read(RuleNode list, PathReader fields)
    {
        var identifiers = ImmutableArray.CreateBuilder<Identifier>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items(Identifier.MaxCount) ?? [])
        {
            if (item.Members("name", "field", "unique", "max_users") is not { } members) continue;
            var name = item.Required(members, "name")?.Text();
            if (name is not null && !IdentifierName().IsMatch(name))
                members["name"].Fault($"is no name of an identifier: '{name}'. Write at most 40 small letters, digits and _, two at least, a letter first");
            else if (name is not null && !names.Add(name))
                members["name"].Fault($"is given twice: '{name}'. Write another name");

            var field = item.Required(members, "field") is { } path ? fields.Read(path) : null;
            var isUnique = !members.TryGetValue("unique", out var unique) || unique.Boolean() != false;
            var maxUsers = members.TryGetValue("max_users", out var max) ? max.Integer(1, MaxUsers) : DefaultMaxUsers;
            if (name is not null && field is not null && maxUsers is { } users) identifiers.Add(new Identifier(name, field, isUnique, users));
        }

        return identifiers.DrainToImmutable();
    }

    // Two characters at least: one and a colon are the prefix of a user key.
    [GeneratedRegex("^[a-z][a-z0-9_]{1,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierName();
}
