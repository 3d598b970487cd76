using System.Diagnostics.Metrics;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Counts what registries answer: <c>snowplow.iglu.registry.answers</c> of the meter <c>Snowplow.Enrich</c>, tagged with
/// <c>registry</c> and <c>answer</c> (<c>Found</c>, <c>NotFound</c>, <c>RepoFailure</c>, <c>ClientFailure</c>, <c>NotAsked</c>).
/// </summary>
internal static class RegistryMetrics
{
    private static readonly Meter Meter = new("Snowplow.Enrich");

    private static readonly Counter<long> Answers =
        Meter.CreateCounter<long>("snowplow.iglu.registry.answers", description: "Answers of Iglu registries to lookups of schemas.");

    /// <summary>Counts one answer.</summary>
    public static void Count(string registry, string answer) =>
        Answers.Add(1, new("registry", registry), new("answer", answer));
}
