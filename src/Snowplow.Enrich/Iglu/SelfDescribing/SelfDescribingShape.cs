using System.Runtime.InteropServices;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>The outer form of a self-describing JSON: <c>{"schema": "iglu:…", "data": …}</c>.</summary>
/// <param name="Schema">Where the text of <c>schema</c> lies, without its quotes.</param>
/// <param name="IsSchemaEscaped">Whether it has escape sequences (some trackers write <c>\/</c>).</param>
/// <param name="Data">Where the value of <c>data</c> lies.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SelfDescribingShape(Range Schema, bool IsSchemaEscaped, Range Data)
{
    public const string InvalidData = "INVALID_DATA_PAYLOAD";
    public const string InvalidUri = "INVALID_IGLUURI";
    public const string InvalidVersion = "INVALID_SCHEMAVER";

    /// <summary>
    /// Reads a text to its end. Where a member occurs twice the last one counts; others than the two are ignored.
    /// </summary>
    /// <returns>Null, or why it is no such JSON.</returns>
    public static IgluFailure? TryRead(ReadOnlyMemory<byte> json, out SelfDescribingShape shape)
    {
        shape = default;
        var cursor = JsonCursor.Over(json.Span);
        var isComplete = cursor.Peek() == JsonTypes.Object ? TryReadMembers(ref cursor, out shape) : cursor.Skip() && false;
        if (!cursor.ReadEnd())
            return new IgluFailure.NotJson(cursor.FaultText);
        return isComplete ? null : new IgluFailure.NotIglu(json, InvalidData);
    }

    /// <summary>The key that the text of <c>schema</c> means, or why it means none.</summary>
    public static SchemaKey? ParseKey(ReadOnlySpan<byte> uri, out string error)
    {
        error = InvalidUri;
        if (SchemaKey.TryParse(uri, out var key))
            return key;

        // Another version in its place tells which part is wrong.
        var version = uri.LastIndexOf((byte)'/') + 1;
        if (SchemaKey.TryParse([.. uri[..version], .. "1-0-0"u8], out _))
            error = InvalidVersion;
        return null;
    }

    private static bool TryReadMembers(ref JsonCursor cursor, out SelfDescribingShape shape)
    {
        var hasSchema = false;
        var hasData = false;
        var isFirst = true;
        shape = default;
        cursor.Enter();
        while (cursor.NextProperty(ref isFirst, out var name, out _))
        {
            var type = cursor.Peek();
            var start = cursor.Position;
            if (name.SequenceEqual("schema"u8))
            {
                hasSchema = type == JsonTypes.String;
                var isEscaped = false;
                if (hasSchema ? !cursor.ReadString(out _, out isEscaped) : !cursor.Skip())
                    return false;
                shape = shape with { Schema = (start + 1)..(cursor.Position - 1), IsSchemaEscaped = isEscaped };
            }
            else if (!cursor.Skip())
            {
                return false;
            }
            else if (name.SequenceEqual("data"u8))
            {
                hasData = true;
                shape = shape with { Data = start..cursor.Position };
            }
        }

        return hasSchema && hasData;
    }
}
