using System.Globalization;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>The configuration of a <see cref="SnowplowProcess"/>.</summary>
internal sealed record Settings
{
    /// <summary>Iglu registries that are folders.</summary>
    public IReadOnlyList<string> IgluFolders { get; init; } = [];

    /// <summary>Iglu registries that answer over HTTP.</summary>
    public IReadOnlyList<Uri> IgluRegistries { get; init; } = [];

    /// <summary>How long a lookup may wait for a registry that does not answer; null for the product's own.</summary>
    public TimeSpan? IgluPatience { get; init; }

    /// <summary>The size at which output files roll; null for the product's own.</summary>
    public int? RollBytes { get; init; }

    /// <summary>The time between checkpoints; null for the product's own.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>The most bytes of a stored payload; null for the product's own.</summary>
    public int? MaxPayloadBytes { get; init; }

    /// <summary>The version that v_etl and bad rows name; null for the product's own.</summary>
    public string? EtlVersion { get; init; }

    /// <summary>The settings as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToEnvironment()
    {
        var registries = IgluFolders.Select(folder => ("Folder", folder)).Concat(IgluRegistries.Select(uri => ("Uri", uri.AbsoluteUri)));
        foreach (var (i, (kind, where)) in registries.Index())
        {
            yield return new($"Iglu__Registries__{i}__Name", $"test {i}");
            yield return new($"Iglu__Registries__{i}__{kind}", where);
        }

        if (IgluPatience is { } patience)
        {
            yield return new("Iglu__MaxWait", Text(patience));
            yield return new("Iglu__RequestTimeout", Text(patience / 2));
            yield return new("Iglu__MinBackoff", Text(patience));
            yield return new("Iglu__MaxBackoff", Text(patience * 2));
            yield return new("Iglu__NotFoundTtl", Text(patience * 2));
        }

        if (RollBytes is { } bytes) yield return new("Pipeline__Landing__RollBytes", bytes.ToString(CultureInfo.InvariantCulture));
        if (MaxPayloadBytes is { } payload) yield return new("Collector__MaxPayloadBytes", payload.ToString(CultureInfo.InvariantCulture));
        if (EtlVersion is { } version) yield return new("Enrich__Processor__Version", version);
        if (CheckpointInterval is { } interval) yield return new("Pipeline__CheckpointInterval", Text(interval));
    }

    /// <summary>The settings for a message.</summary>
    public string Describe() => string.Join(' ', ToEnvironment().Select(setting => $"{setting.Key}={setting.Value}"));

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
