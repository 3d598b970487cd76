using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>The parts of an address (RFC 3986, section 3), as texts.</summary>
internal static class UrlParts
{
    /// <summary>All parts; empty where they are missing.</summary>
    public static Bag Of(string url)
    {
        var rest = url.AsSpan();
        var fragment = Cut(ref rest, '#');
        var query = Cut(ref rest, '?');
        var scheme = "";
        if (rest.IndexOf(':') is > 0 and var colon && rest[(colon + 1)..].StartsWith("//"))
        {
            scheme = rest[..colon].ToString();
            rest = rest[(colon + 1)..];
        }

        var authority = ReadOnlySpan<char>.Empty;
        if (rest.StartsWith("//"))
        {
            rest = rest[2..];
            var end = rest.IndexOf('/') is >= 0 and var slash ? slash : rest.Length;
            authority = rest[..end];
            rest = rest[end..];
        }

        string user = "", password = "", port = "";
        if (authority.LastIndexOf('@') is >= 0 and var at)
        {
            var login = authority[..at];
            var split = login.IndexOf(':');
            user = (split < 0 ? login : login[..split]).ToString();
            password = split < 0 ? "" : login[(split + 1)..].ToString();
            authority = authority[(at + 1)..];
        }

        if (authority.LastIndexOf(':') is >= 0 and var place && authority[(place + 1)..].IndexOf(']') < 0)
        {
            port = authority[(place + 1)..].ToString();
            authority = authority[..place];
        }

        return new Bag
        {
            ["Scheme"] = scheme, ["Host"] = authority.ToString(), ["Port"] = port, ["Path"] = rest.ToString(), ["Username"] = user, ["Password"] = password,
            ["Query Parameters"] = Query(query), ["Fragment"] = fragment,
        };
    }

    /// <summary>The parameters of a query string; the last of a name counts.</summary>
    public static Bag Query(string query)
    {
        var parameters = new Bag();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            parameters[Uri.UnescapeDataString(split < 0 ? pair : pair[..split])] = split < 0 ? "" : Uri.UnescapeDataString(pair[(split + 1)..]);
        }

        return parameters;
    }

    private static string Cut(ref ReadOnlySpan<char> text, char mark)
    {
        var at = text.IndexOf(mark);
        if (at < 0) return "";
        var behind = text[(at + 1)..].ToString();
        text = text[..at];
        return behind;
    }
}
