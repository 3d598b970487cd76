using System.Buffers;
using System.Text.Json;
using Snowplow.Model.Rows;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>A profile at a time.</summary>
/// <param name="Group">The group.</param>
/// <param name="State">What is kept of the key.</param>
/// <param name="NowMs">The time, in milliseconds since 1970.</param>
internal readonly record struct ProfileMoment(AttributeGroup Group, GroupState State, long NowMs)
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _value;

    /// <summary>An attribute's value. A view that the next reading writes over.</summary>
    /// <param name="index">The attribute's place in the group.</param>
    public FieldValue Value(int index)
    {
        var (buffer, json) = _value ??= NewBuffer();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        WriteValue(json, index);
        json.Flush();
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        reader.Read();
        return JsonValue.Of(ref reader, buffer.WrittenSpan);
    }

    /// <summary>Writes all attributes as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < Group.Attributes.Length; i++)
        {
            json.WritePropertyName(Group.Attributes[i].Name);
            WriteValue(json, i);
        }

        json.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter json, int index)
    {
        var attribute = Group.Attributes[index];
        if (Group.IsExpired(State.LastMs, NowMs) || !State.Attributes[index].TryWrite(json, attribute, NowMs)) attribute.WriteDefault(json);
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewBuffer()
    {
        var buffer = new ArrayBufferWriter<byte>();
        return (buffer, new Utf8JsonWriter(buffer, RowJson.WriterOptions));
    }
}
