namespace Snowplow.Silo.Serve;

/// <summary>The section <c>Snowplow</c> of the configuration, as the user wrote it.</summary>
internal sealed record ServerConfig
{
    /// <summary>The section's name.</summary>
    public const string Section = "Snowplow";

    /// <summary>Folder for all data, relative to the current one or absolute.</summary>
    public string Data { get; init; } = "data";

    /// <summary>What this process does: role names separated by commas; empty for all.</summary>
    public string Roles { get; init; } = "";

    /// <summary>The key that others must show when the server listens beyond this machine; null to have one made.</summary>
    public string? ApiKey { get; init; }

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Data))
            yield return "Snowplow:Data (--data) must name the folder for all data; leave it out for 'data' under the current folder.";
        if (ApiKey is { Length: > 0 and < Access.ApiKey.MinimumLength })
            yield return $"Snowplow:ApiKey must have at least {Access.ApiKey.MinimumLength} characters.";
    }
}
