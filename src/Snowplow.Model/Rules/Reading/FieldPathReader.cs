using System.Collections.Immutable;
using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the names of fields.</summary>
/// <param name="allowsChannelFields">Whether <c>source</c>, <c>medium</c>, <c>campaign</c> and <c>category</c> are fields too.</param>
internal sealed class FieldPathReader(bool allowsChannelFields) : PathReader
{
    private const string EventPrefix = "unstruct_event_";
    private const string EntityPrefix = "contexts_";

    private static readonly ImmutableDictionary<string, ChannelField> ChannelFields =
        Enum.GetValues<ChannelField>().ToImmutableDictionary(field => field.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Member => "field";

    /// <inheritdoc/>
    public override FieldPath? Read(RuleNode node)
    {
        if (node.Text() is not { } name) return null;
        if (EventFields.TryParse(name, out var field)) return new ColumnPath(field);
        if (allowsChannelFields && ChannelFields.TryGetValue(name, out var channelField)) return new ChannelPath(channelField);
        if (name.StartsWith(EventPrefix, StringComparison.Ordinal)) return ReadProperty(node, name, isOfEvent: true);
        if (name.StartsWith(EntityPrefix, StringComparison.Ordinal)) return ReadProperty(node, name, isOfEvent: false);
        var known = Enumerable.Range(0, EventFields.Count).Select(index => EventFields.Name((EventField)index));
        var nearest = NearestName.Of(name, allowsChannelFields ? ChannelFields.Keys.Concat(known) : known);
        if (nearest is not null) node.Fault($"names no field: '{name}'. Did you mean '{nearest}'?");
        else if (ChannelFields.ContainsKey(name)) node.Fault($"names no field: '{name}' is known to the rules of channel_groups only");
        else node.Fault($"names no field: '{name}'. Write a column such as event_name, or a property such as unstruct_event_com_acme_order_1.total or contexts_com_acme_cart_1.items");
        return null;
    }

    private static PropertyPath? ReadProperty(RuleNode node, string name, bool isOfEvent)
    {
        var prefix = isOfEvent ? EventPrefix : EntityPrefix;
        var parts = name.Split('.');
        var schema = parts[0][prefix.Length..];
        var model = schema.LastIndexOf('_');
        if (model <= 0 || !IsModel(schema[(model + 1)..]) || schema[..model].AsSpan().IndexOf('_') <= 0 || !schema[..model].All(IsFlat))
        {
            node.Fault($"names no schema: '{parts[0]}'. Write {prefix}, then vendor and name in lower case with _ for other characters, _ and the model: {prefix}com_acme_order_1");
            return null;
        }

        if (parts.Any(part => part.Length == 0))
        {
            node.Fault($"has an empty name between its dots: '{name}'");
            return null;
        }

        return new PropertyPath(isOfEvent, Utf8(schema[..model]), Utf8(schema[(model + 1)..]), [.. parts.Skip(1).Select(Utf8)]);
    }

    private static bool IsModel(string digits) => digits.Length is > 0 and < 10 && digits.All(char.IsAsciiDigit) && digits[0] != '0';

    private static bool IsFlat(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_';

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
