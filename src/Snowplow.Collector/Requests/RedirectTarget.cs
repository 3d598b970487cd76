using System.Text;

namespace Snowplow.Collector.Requests;

/// <summary>The target of a click redirect: spec §7.</summary>
internal sealed class RedirectTarget(RedirectOptions options)
{
    /// <summary>The beginning of the paths that redirect.</summary>
    public const string PathPrefix = "/r/";

    private const string Name = "u";

    private readonly HashSet<string> _domains = new(options.Domains, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The query string with the macro in its target replaced. It is stored so: the event tells where the visitor was sent, which the
    /// client's own query string does not.
    /// </summary>
    public string Fill(string query, string networkUserId)
    {
        if (!options.MacroEnabled || QueryParameter.FindLast(query, Name) is not { } place) return query;
        var target = QueryParameter.Decode(query.AsSpan(place));
        if (!target.Contains(options.MacroPlaceholder, StringComparison.Ordinal)) return query;
        var filled = target.Replace(options.MacroPlaceholder, Uri.EscapeDataString(networkUserId), StringComparison.Ordinal);
        return string.Concat(query.AsSpan(..place.Start.Value), Uri.EscapeDataString(filled), query.AsSpan(place.End.Value..));
    }

    /// <summary>What to send as <c>Location</c>, or null where the request names no target that is allowed.</summary>
    /// <param name="query">The query string, after <see cref="Fill"/>.</param>
    public string? Of(string query) =>
        QueryParameter.FindLast(query, Name) is { } place && QueryParameter.Decode(query.AsSpan(place)) is var target && IsAllowed(target)
            ? Escape(target)
            : null;

    // Browsers and .NET read some URLs differently: backslashes, control characters, white space, names before an @. A host
    // that could be another one to the browser is refused.
    private bool IsAllowed(string target) =>
        !target.AsSpan().ContainsAnyInRange('\0', ' ')
        && !target.Contains('\\', StringComparison.Ordinal)
        && (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && Uri.TryCreate(target, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && uri.Host.Length > 0
        && target.AsSpan(target.IndexOf("://", StringComparison.Ordinal) + 3).StartsWith(uri.Host, StringComparison.OrdinalIgnoreCase)
        && Ascii.IsValid(uri.Host)
        && (options.AllowAnyDomain || _domains.Contains(uri.Host));

    // As it came, but that a header is ASCII.
    private static string Escape(string target)
    {
        if (Ascii.IsValid(target) && !target.Contains('\x7f', StringComparison.Ordinal)) return target;
        var text = new StringBuilder(target.Length + 16);
        foreach (var rune in target.EnumerateRunes())
        {
            if (rune.Value < 0x7f) text.Append((char)rune.Value);
            else text.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return text.ToString();
    }
}
