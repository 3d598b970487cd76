namespace Snowplow.Collector.Requests;

/// <summary>Finds parameters of one name in a raw query string.</summary>
internal static class QueryParameter
{
    /// <summary>The decoded value of the first parameter of a name, or null where it is absent or empty.</summary>
    public static string? Find(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            if (part.Length <= name.Length + 1 || part[name.Length] != '=' || !part.StartsWith(name, StringComparison.Ordinal)) continue;
            return Decode(part[(name.Length + 1)..]);
        }

        return null;
    }

    /// <summary>Where the value of the last parameter of a name stands, still encoded; null where the name is absent.</summary>
    /// <remarks>Enrich takes the last of several as well.</remarks>
    public static Range? FindLast(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        Range? last = null;
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            if (part.Length > name.Length && part[name.Length] == '=' && part.StartsWith(name, StringComparison.Ordinal))
                last = new Range(range.Start.Value + name.Length + 1, range.End);
        }

        return last;
    }

    /// <summary>The decoded values of all parameters of a name, which may be encoded as well; empty ones among them.</summary>
    public static List<string> All(ReadOnlySpan<char> query, string name)
    {
        var values = new List<string>();
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            var equals = part.IndexOf('=');
            if (Decode(equals < 0 ? part : part[..equals]) == name) values.Add(equals < 0 ? "" : Decode(part[(equals + 1)..]));
        }

        return values;
    }

    /// <summary>The text of an encoded value.</summary>
    public static string Decode(ReadOnlySpan<char> value) =>
        value.ContainsAny('%', '+') ? Uri.UnescapeDataString(value.ToString().Replace('+', ' ')) : value.ToString();
}
