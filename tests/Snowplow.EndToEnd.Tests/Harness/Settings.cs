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

    /// <summary>From how many rows on the warehouse writes them; null for the product's own.</summary>
    public int? WarehouseFlushRows { get; init; }

    /// <summary>Whether failed events land beside the bad rows.</summary>
    public bool FailedEvents { get; init; }

    /// <summary>The version that v_etl and bad rows name; null for the product's own.</summary>
    public string? EtlVersion { get; init; }

    /// <summary>The file of the model rules; null for the product's own.</summary>
    public string? ModelRules { get; init; }

    /// <summary>A webhook that is told of all interventions; null for none.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The collector's settings, by their names in the section <c>Collector</c>.</summary>
    public IReadOnlyDictionary<string, string> Collector { get; init; } = new Dictionary<string, string>();

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

        foreach (var (name, value) in Collector) yield return new($"Collector__{name}", value);
        if (ModelRules is { } rules) yield return new("Model__Rules", rules);
        if (Webhook is { } webhook)
        {
            yield return new("Interventions__Webhooks__test__Url", webhook.AbsoluteUri);
            yield return new("Interventions__Webhooks__test__Secret", "a secret of the tests");
        }

        if (RollBytes is { } bytes) yield return new("Pipeline__Landing__RollBytes", bytes.ToString(CultureInfo.InvariantCulture));
        if (EtlVersion is { } version) yield return new("Enrich__Processor__Version", version);
        if (FailedEvents) yield return new("Enrich__FailedEvents", "true");
        if (WarehouseFlushRows is { } rows) yield return new("Warehouse__FlushRows", rows.ToString(CultureInfo.InvariantCulture));
        if (CheckpointInterval is { } interval) yield return new("Pipeline__CheckpointInterval", Text(interval));
    }

    /// <summary>The settings for a message.</summary>
    public string Describe() => string.Join(' ', ToEnvironment().Select(setting => $"{setting.Key}={setting.Value}"));

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
