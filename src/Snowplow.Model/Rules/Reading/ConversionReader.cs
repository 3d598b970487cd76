using System.Text.RegularExpressions;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads a conversion: <c>{"name", "when", "value"?, "default_value"?, "list_events"?}</c>.</summary>
internal static partial class ConversionReader
{
    /// <summary>Reads one; null, with the faults reported, where it is wrong.</summary>
    /// <param name="node">The conversion.</param>
    /// <param name="conditions">Reads its condition.</param>
    /// <param name="names">The names so far, to which its own is added.</param>
    public static ConversionRule? Read(RuleNode node, ConditionReader conditions, HashSet<string> names)
    {
        if (node.Members("name", "when", "value", "default_value", "list_events") is not { } members) return null;
        var name = node.Required(members, "name")?.Text();
        if (name is not null && !ColumnName().IsMatch(name))
            members["name"].Fault($"makes no column: '{name}'. Write at most 40 small letters, digits and _, a letter first");
        else if (name is not null && !names.Add(name))
            members["name"].Fault($"is given twice: '{name}'. Write another name, or join the conditions by 'any'");

        var when = node.Required(members, "when") is { } condition ? conditions.Read(condition) : null;
        var value = members.TryGetValue("value", out var field) ? conditions.Fields.Read(field) : null;
        var defaultValue = members.TryGetValue("default_value", out var number) ? number.Number() : null;
        var listEvents = members.TryGetValue("list_events", out var flag) && flag.Boolean() == true;
        return name is null || when is null ? null : new ConversionRule(name, when, value, defaultValue, listEvents);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnName();
}
