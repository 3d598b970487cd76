using Snowplow.Events.Enriched;

namespace Snowplow.Grains;

/// <summary>How <see cref="LandedEvents"/> travels between silos.</summary>
[GenerateSerializer]
[Alias("Snowplow.LandedEvents")]
public struct LandedEventsSurrogate
{
    /// <summary>The events' lines of enriched TSV, each ended by a line feed.</summary>
    [Id(0)]
    public byte[] Lines { get; set; }
}

/// <summary>Makes <see cref="LandedEvents"/> serialisable for Orleans.</summary>
[RegisterConverter]
public sealed class LandedEventsConverter : IConverter<LandedEvents, LandedEventsSurrogate>
{
    /// <inheritdoc/>
    public LandedEvents ConvertFromSurrogate(in LandedEventsSurrogate surrogate)
    {
        var batch = EnrichedBatch.Parse(surrogate.Lines);
        return new LandedEvents(batch, [.. Enumerable.Range(0, batch.Count)]);
    }

    /// <inheritdoc/>
    public LandedEventsSurrogate ConvertToSurrogate(in LandedEvents value)
    {
        var size = 0;
        foreach (var enriched in value) size += enriched.Line.Length + 1;
        var lines = new byte[size];
        var at = 0;
        foreach (var enriched in value)
        {
            enriched.Line.CopyTo(lines.AsSpan(at));
            at += enriched.Line.Length;
            lines[at++] = (byte)'\n';
        }

        return new LandedEventsSurrogate { Lines = lines };
    }
}
