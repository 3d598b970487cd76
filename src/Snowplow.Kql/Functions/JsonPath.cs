using System.Globalization;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Paths into JSON: <c>$</c>, then names (<c>.name</c>, <c>['name']</c>) and places in arrays (<c>[0]</c>).</summary>
internal static class JsonPath
{
    /// <summary>What stands at a path; null where nothing does.</summary>
    /// <exception cref="KqlException">The path is none.</exception>
    public static object? Find(object? value, string path)
    {
        if (!path.StartsWith('$')) throw Wrong(path);
        for (var rest = path.AsSpan(1); !rest.IsEmpty;)
        {
            if (rest[0] == '.')
            {
                var length = rest[1..].IndexOfAny('.', '[');
                var name = length < 0 ? rest[1..] : rest.Slice(1, length);
                if (name.IsEmpty || name is "*") throw Wrong(path);
                value = DynamicValue.Member(value, name.ToString());
                rest = rest[(1 + name.Length)..];
            }
            else
            {
                var quote = rest.Length > 1 && rest[1] is '\'' or '"' ? $"{rest[1]}]" : "]";
                var from = quote.Length;
                var length = rest[0] == '[' ? rest[from..].IndexOf(quote, StringComparison.Ordinal) : -1;
                if (length < 0) throw Wrong(path);
                var inner = rest.Slice(from, length);
                if (quote.Length > 1) value = DynamicValue.Member(value, inner.ToString());
                else value = int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? DynamicValue.Item(value, place) : throw Wrong(path);
                rest = rest[(from + length + quote.Length)..];
            }
        }

        return value;
    }

    private static KqlException Wrong(string path) =>
        new(KqlErrorKind.Runtime, $"'{path}' is no path into JSON that is known here: expected $, then .name, ['name'] or [0] any number of times");
}
