using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Data;

/// <summary>Dynamic values as JSON text, and back.</summary>
internal static class DynamicJson
{
    private const int MaxDepth = 200;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, SkipValidation = true };

    /// <summary>The value of a JSON text; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out object? value)
    {
        value = null;
        try
        {
            var reader = new Utf8JsonReader(utf8, ReaderOptions);
            if (!reader.Read()) return false;
            value = Read(ref reader);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair.
            return false;
        }
    }

    /// <summary>The value of a JSON text; the text itself where it is none, null where it is empty.</summary>
    public static object? Parse(string text)
    {
        if (text.Length == 0) return null;
        var first = text.AsSpan().TrimStart();
        if (!first.IsEmpty && first[0] is not ('{' or '[' or '"' or '-' or 't' or 'f' or 'n' or (>= '0' and <= '9'))) return text;
        return TryParse(Encoding.UTF8.GetBytes(text), out var value) ? value : text;
    }

    /// <summary>The value of a JSON text in UTF-8; the text itself where it is none, null where it is empty.</summary>
    public static object? Parse(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : TryParse(utf8, out var value) ? value : Encoding.UTF8.GetString(utf8);

    /// <summary>Compact JSON.</summary>
    public static string Text(object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions)) Write(writer, value);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes a scalar or dynamic value as Kusto's protocol has it in JSON.</summary>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case int i: writer.WriteNumberValue(i); break;
            case long l: writer.WriteNumberValue(l); break;
            case double d when double.IsFinite(d): writer.WriteRawValue(NumberText.Of(d), true); break;
            case double d: writer.WriteStringValue(NumberText.Of(d)); break;
            case decimal m: writer.WriteStringValue(m.ToString(CultureInfo.InvariantCulture)); break;
            case DateTime t: writer.WriteStringValue(TimeText.Of(t)); break;
            case TimeSpan s: writer.WriteStringValue(TimeText.Of(s)); break;
            case Guid g: writer.WriteStringValue(g); break;
            case string s: writer.WriteStringValue(s); break;
            case object?[] array:
                writer.WriteStartArray();
                foreach (var item in array) Write(writer, item);
                writer.WriteEndArray();
                break;
            case Bag bag:
                writer.WriteStartObject();
                foreach (var (name, property) in bag)
                {
                    writer.WritePropertyName(name);
                    Write(writer, property);
                }

                writer.WriteEndObject();
                break;
            default: throw new InvalidOperationException($"No dynamic value: {value.GetType()}");
        }
    }

    private static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return reader.TryGetInt64(out var integer) ? (object)integer : reader.GetDouble();
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader));
                return items.ToArray();
            case JsonTokenType.StartObject:
                var bag = new Bag();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    bag[name] = Read(ref reader);
                }

                return bag;
            default: return null;
        }
    }
}
