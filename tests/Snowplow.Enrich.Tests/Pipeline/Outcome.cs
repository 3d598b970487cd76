using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>What a record became.</summary>
internal sealed record Outcome(EnrichedBatch Good, IReadOnlyList<BadRow> Bad, IReadOnlyList<EnrichedEvent> Failed, EnrichCounts Counts)
{
    /// <summary>The one event, where the record is one good event.</summary>
    public EnrichedEvent Event
    {
        get
        {
            Bad.ShouldBeEmpty();
            Good.Count.ShouldBe(1);
            return Good[0];
        }
    }

    /// <summary>The one bad row, where the record is nothing else.</summary>
    public BadRow BadRow
    {
        get
        {
            Good.Count.ShouldBe(0);
            return Bad.ShouldHaveSingleItem();
        }
    }
}
