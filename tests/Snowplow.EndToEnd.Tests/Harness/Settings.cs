using System.Globalization;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>The configuration of a <see cref="SnowplowProcess"/>.</summary>
internal sealed record Settings
{
    /// <summary>Iglu registries that are folders.</summary>
    public IReadOnlyList<string> IgluFolders { get; init; } = [];

    /// <summary>Iglu registries that answer over HTTP.</summary>
    public IReadOnlyList<Uri> IgluRegistries { get; init; } = [];

    /// <summary>The size at which output files roll, in bytes; null for the product's own.</summary>
    public int? RollBytes { get; init; }

    /// <summary>The settings as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToEnvironment()
    {
        foreach (var (i, folder) in IgluFolders.Index()) yield return new(string.Create(CultureInfo.InvariantCulture, $"Iglu__Folders__{i}"), folder);
        foreach (var (i, registry) in IgluRegistries.Index()) yield return new($"Iglu__Registries__{i}__Uri", registry.AbsoluteUri);
        if (RollBytes is { } bytes) yield return new("Pipeline__Landing__RollBytes", $"{bytes}");
    }
}
