using System.Text.RegularExpressions;
using Snowplow.Collector.Cookies;

namespace Snowplow.Collector;

/// <summary>A cookie by which visitors say that they are not to be tracked: spec §6. Off by default.</summary>
public sealed record DoNotTrackCookieOptions
{
    /// <summary>Whether the cookie is looked for.</summary>
    public bool Enabled { get; init; }

    /// <summary>The cookie's name; letter case counts.</summary>
    public string Name { get; init; } = "";

    /// <summary>A regular expression, without look-around and back references, that the whole value must match.</summary>
    public string Value { get; init; } = "";

    // Without backtracking, no cookie can hold the collector up.
    internal Regex Pattern() => new($@"\A(?:{Value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    internal IEnumerable<string> Validate()
    {
        if (!Enabled) yield break;
        if (!CollectorCookieOptions.IsName(Name)) yield return $"{nameof(Name)} must be a cookie name, is '{Name}'";
        if (PatternError() is { } error) yield return $"{nameof(Value)} must be a regular expression: {error}";
    }

    private string? PatternError()
    {
        try
        {
            Pattern();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }
}
