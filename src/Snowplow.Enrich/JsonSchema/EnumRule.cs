using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>enum</c>: the value equals one of a list.</summary>
internal sealed class EnumRule
{
    private readonly Utf8NameTable _strings;
    private readonly byte[][] _others;
    private readonly string _text;

    /// <summary>Compiles a list of values.</summary>
    /// <param name="values">UTF-8 JSON of each value.</param>
    public EnumRule(IReadOnlyList<byte[]> values)
    {
        var strings = new List<byte[]>();
        var others = new List<byte[]>();
        foreach (var value in values)
        {
            var cursor = JsonCursor.OverUtf8(value);
            if (cursor.Peek() == JsonTypes.String && cursor.ReadString(out var raw, out _))
            {
                var text = new byte[raw.Length];
                strings.Add(text[..JsonText.Unescape(raw, text)]);
            }
            else
            {
                others.Add(ToCanonical(ref cursor));
            }
        }

        _strings = new Utf8NameTable(strings);
        _others = [.. others];
        _text = $"[{string.Join(", ", values.Select(Encoding.UTF8.GetString))}]";
    }

    /// <summary>Reads the value and compares.</summary>
    public bool Check(ref SchemaRun run)
    {
        var isListed = run.Cursor.Peek() == JsonTypes.String ? IsListedString(ref run) : IsListedOther(ref run);
        return isListed || (!run.Broken && run.Violates("enum", $"is none of {_text}", _text));
    }

    private bool IsListedString(ref SchemaRun run)
    {
        if (!run.Cursor.ReadString(out var raw, out var escaped))
            return false;
        if (!escaped)
            return _strings.Find(raw) >= 0;

        using var text = new ByteBuffer(raw.Length);
        var length = JsonText.Unescape(raw, text.Reserve(raw.Length));
        return _strings.Find(text.Array.AsSpan(0, length)) >= 0;
    }

    private bool IsListedOther(ref SchemaRun run)
    {
        if (_others.Length == 0)
        {
            run.Cursor.Skip();
            return false;
        }

        var canonical = new ByteBuffer(64);
        var isListed = false;
        if (CanonicalJson.TryAppend(ref run.Cursor, ref canonical))
        {
            foreach (var other in _others)
                isListed |= canonical.Written.SequenceEqual(other);
        }

        canonical.Dispose();
        return isListed;
    }

    private static byte[] ToCanonical(ref JsonCursor cursor)
    {
        var canonical = new ByteBuffer(64);
        CanonicalJson.TryAppend(ref cursor, ref canonical);
        var bytes = canonical.Written.ToArray();
        canonical.Dispose();
        return bytes;
    }
}
