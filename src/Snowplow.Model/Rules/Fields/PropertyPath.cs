using System.Collections.Immutable;
using System.Text.Json;
using Snowplow.Events;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Rules.Fields;

/// <summary>A property of an event's self-describing JSON: of the event itself, or of its first entity of a type.</summary>
/// <param name="isOfEvent">Whether it is the self-describing event's; else an entity's, the tracker's before derived ones.</param>
/// <param name="flat">The schema's vendor and name, as <see cref="FlatName.IsSchema"/> takes them.</param>
/// <param name="model">The digits of the schema's model.</param>
/// <param name="members">The names from the data down to the property; none for all of the data.</param>
internal sealed class PropertyPath(bool isOfEvent, byte[] flat, byte[] model, ImmutableArray<byte[]> members) : FieldPath
{
    public override FieldType Type => FieldType.Json;

    public override FieldValue Read(in RuleEvent e)
    {
        if (!isOfEvent)
            return TryFind(e.Line[EventField.Contexts], out var entity) || TryFind(e.Line[EventField.DerivedContexts], out entity) ? Value(entity.Data) : default;
        return EntityReader.TryReadUnstructEvent(e.Line[EventField.UnstructEvent], out var own) && IsMine(own) ? Value(own.Data) : default;
    }

    private bool TryFind(ReadOnlySpan<byte> column, out Entity entity)
    {
        var reader = new EntityReader(column);
        while (reader.MoveNext())
        {
            if (!IsMine(reader.Current)) continue;
            entity = reader.Current;
            return true;
        }

        entity = default;
        return false;
    }

    private bool IsMine(Entity entity) => FlatName.IsSchema(entity.SchemaUri, flat, model);

    private FieldValue Value(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        json.Read();
        foreach (var member in members)
        {
            if (!TryEnter(ref json, member)) return default;
        }

        return JsonValue.Of(ref json, data);
    }

    private static bool TryEnter(ref Utf8JsonReader json, ReadOnlySpan<byte> member)
    {
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = json.ValueIsEscaped ? JsonText.Is(json, member) : FlatName.Is(json.ValueSpan, member);
            json.Read();
            if (isMember) return true;
            json.Skip();
        }

        return false;
    }
}
