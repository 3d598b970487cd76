using System.Text.Json.Serialization;

namespace Snowplow.Model;

/// <summary>
/// How far a state has come in each partition, by partition name (the stream's identity and the number). The part of a
/// state that makes Apply idempotent. A partition never seen stands at 0.
/// </summary>
public sealed class Positions
{
    /// <summary>The end of the last batch applied.</summary>
    [JsonInclude, JsonPropertyName("a")]
    internal Dictionary<string, long> Applied { get; set; } = [];

    /// <summary>The start of the range not yet finished, as the partition last told: rows of changes before it are safe.</summary>
    [JsonInclude, JsonPropertyName("f")]
    internal Dictionary<string, long> Finished { get; set; } = [];

    /// <summary>What Apply must answer for a batch.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The end of the batch.</param>
    public ApplyOutcome Check(string partition, long after, long upTo)
    {
        var applied = Applied.GetValueOrDefault(partition);
        return upTo <= applied ? ApplyOutcome.AlreadyApplied : applied < after ? ApplyOutcome.Behind : ApplyOutcome.Applied;
    }

    /// <summary>Whether the batch that ends at a position has been applied.</summary>
    public bool HasReached(string partition, long upTo) => Applied.GetValueOrDefault(partition) >= upTo;

    internal void Advance(string partition, long upTo) => Applied[partition] = upTo;

    internal bool Finish(string partition, long finished)
    {
        if (Finished.GetValueOrDefault(partition) >= finished) return false;
        Finished[partition] = finished;
        return true;
    }

    internal bool IsFinished(string partition, long upTo) => Finished.GetValueOrDefault(partition) >= upTo;
}
