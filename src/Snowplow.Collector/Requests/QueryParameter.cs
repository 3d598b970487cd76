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
            var value = part[(name.Length + 1)..].ToString();
            return value.AsSpan().ContainsAny('%', '+') ? Uri.UnescapeDataString(value.Replace('+', ' ')) : value;
        }

        return null;
    }
}
