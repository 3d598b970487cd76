using System.Diagnostics.CodeAnalysis;

namespace Snowplow.Enrich.Payloads;

/// <summary>What a request's path names: the adapter that reads the payload.</summary>
/// <param name="Vendor">The first segment: <c>com.snowplowanalytics.snowplow</c>.</param>
/// <param name="Version">The second segment: <c>tp2</c>.</param>
internal sealed record ApiPath(string Vendor, string Version)
{
    /// <summary>The pixel: <c>/i</c>, <c>/ice.png</c>.</summary>
    public static readonly ApiPath Pixel = new("com.snowplowanalytics.snowplow", "tp1");

    /// <summary>The trackers' POST.</summary>
    public static readonly ApiPath TrackerPost = new("com.snowplowanalytics.snowplow", "tp2");

    /// <summary>Reads <c>/vendor/version</c> (slashes at the ends are optional), <c>/i</c>, <c>/i?…</c> or <c>/ice.png…</c>.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out ApiPath? api)
    {
        api = path switch
        {
            "/com.snowplowanalytics.snowplow/tp2" => TrackerPost,
            "/i" => Pixel,
            _ when path.StartsWith("/i?", StringComparison.Ordinal) || path.StartsWith("/ice.png", StringComparison.Ordinal) => Pixel,
            _ => Split(path.AsSpan()),
        };
        return api is not null;
    }

    private static ApiPath? Split(ReadOnlySpan<char> path)
    {
        if (path is ['/', ..]) path = path[1..];
        if (path is [.., '/']) path = path[..^1];
        var slash = path.IndexOf('/');
        return slash <= 0 || slash == path.Length - 1 || path[(slash + 1)..].Contains('/')
            ? null
            : new ApiPath(path[..slash].ToString(), path[(slash + 1)..].ToString());
    }
}
