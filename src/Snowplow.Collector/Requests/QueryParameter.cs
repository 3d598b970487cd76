namespace Snowplow.Collector.Requests;

/// <summary>Finds single parameters in a raw query string without taking it apart.</summary>
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

    /// <summary>The text of an encoded value.</summary>
    public static string Decode(ReadOnlySpan<char> value) =>
        value.ContainsAny('%', '+') ? Uri.UnescapeDataString(value.ToString().Replace('+', ' ')) : value.ToString();
}
