namespace Snowplow.Enrich.Adapters;

/// <summary>The media types of bodies, compared without parameters (<c>charset</c>, <c>boundary</c>) and in any case.</summary>
internal static class MediaType
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Form-encoded pairs.</summary>
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>Whether a <c>Content-Type</c> is of a media type.</summary>
    public static bool Is(string contentType, string mediaType)
    {
        var text = contentType.AsSpan();
        var semicolon = text.IndexOf(';');
        return (semicolon < 0 ? text : text[..semicolon]).Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);
    }
}
