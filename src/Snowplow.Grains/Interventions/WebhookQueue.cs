using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>
/// The state of a webhook: what waits to be delivered, oldest first. At most <see cref="Capacity"/>, or <see cref="CapacityChars"/> of JSON, wait
/// for their turn; beyond it the oldest are given up, and so is what has failed <see cref="MaxFailures"/> times. What is given up waits only for
/// the dead letters; where many do, nothing more is taken until some are written. Not thread-safe.
/// </summary>
public sealed class WebhookQueue
{
    /// <summary>How many interventions wait at most.</summary>
    public const int Capacity = 1000;

    /// <summary>How many characters of JSON they have at most: a state of Table storage holds a megabyte, compressed.</summary>
    public const int CapacityChars = 768 << 10;

    /// <summary>How many attempts are made: over an hour or so.</summary>
    public const int MaxFailures = 16;

    private const long FirstPauseMs = 1000;
    private const long LongestPauseMs = 600_000;

    [JsonInclude, JsonPropertyName("w")]
    internal List<Entry> Waiting { get; set; } = [];

    [JsonInclude, JsonPropertyName("n")]
    internal long Delivered { get; set; }

    [JsonInclude, JsonPropertyName("x")]
    internal long Dead { get; set; }

    [JsonInclude, JsonPropertyName("f")]
    internal string? Problem { get; set; }

    /// <summary>Where the webhook stands.</summary>
    [JsonIgnore]
    public WebhookStatus Status => new(Waiting.Count, Delivered, Dead, Problem);

    /// <summary>Whether it takes interventions now: what is given up and not written yet is little.</summary>
    [JsonIgnore]
    public bool HasRoom => Waiting.Count < 2 * Capacity && Waiting.Sum(entry => entry.Intervention.Json.Length) < 2 * CapacityChars;

    /// <summary>Adds interventions; those that wait already are left out. Answers whether it took any.</summary>
    public bool Add(ImmutableArray<Intervention> interventions)
    {
        var before = Waiting.Count;
        var known = Waiting.Select(entry => entry.Intervention.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var intervention in interventions)
        {
            if (known.Add(intervention.Id)) Waiting.Add(new Entry { Intervention = intervention });
        }

        GiveUp(Waiting.Where(entry => entry.Fault is null).Reverse());
        return Waiting.Count > before;
    }

    /// <summary>Leaves out what is of a person that is forgotten; answers whether there was any.</summary>
    public bool LeaveOut(Func<Intervention, bool> isForgotten) => Waiting.RemoveAll(entry => isForgotten(entry.Intervention)) > 0;

    /// <summary>What is to be delivered at a time, or written to the dead letters.</summary>
    public ImmutableArray<Delivery> Due(long nowMs, int most) =>
        [.. Waiting.Where(entry => entry.DueMs <= nowMs).Take(most).Select(entry => new Delivery(entry.Intervention, entry.Failures, entry.Fault))];

    /// <summary>Takes note of what came of deliveries at a time.</summary>
    public void Settle(ImmutableArray<DeliveryOutcome> outcomes, long nowMs)
    {
        foreach (var outcome in outcomes)
        {
            var at = Waiting.FindIndex(entry => entry.Intervention.Id == outcome.Id);
            if (at < 0) continue;
            if (!outcome.IsDead) Problem = outcome.Fault;
            if (outcome.Fault is not null)
            {
                Waiting[at].Fail(outcome.Fault, nowMs);
                continue;
            }

            Waiting.RemoveAt(at);
            if (outcome.IsDead) Dead++;
            else Delivered++;
        }
    }

    private static void GiveUp(IEnumerable<Entry> newestFirst)
    {
        var (count, chars) = (0, 0);
        foreach (var entry in newestFirst)
        {
            (count, chars) = (count + 1, chars + entry.Intervention.Json.Length);
            if (count > Capacity) entry.Fault = $"More than {Capacity} interventions waited.";
            else if (chars > CapacityChars && count > 1) entry.Fault = $"More than {CapacityChars >> 10} KiB of interventions waited.";
        }
    }

    internal sealed class Entry
    {
        [JsonPropertyName("i")]
        public required Intervention Intervention { get; init; }

        [JsonPropertyName("n")]
        public int Failures { get; set; }

        [JsonPropertyName("t")]
        public long DueMs { get; set; }

        [JsonPropertyName("f")]
        public string? Fault { get; set; }

        // Each pause is twice the one before.
        public void Fail(string fault, long nowMs)
        {
            Failures++;
            DueMs = nowMs + Math.Min(LongestPauseMs, FirstPauseMs << Math.Min(Failures - 1, 20));
            if (Failures < MaxFailures) return;
            Fault = fault;
            DueMs = 0;
        }
    }
}
