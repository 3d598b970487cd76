using Snowplow.Events.Enriched;

namespace Snowplow.Model.Events;

/// <summary>The campaign that an event's page was opened by, as a hash of its columns' texts.</summary>
internal static class Campaign
{
    private static readonly EventField[] Fields =
    [
        EventField.MktSource, EventField.MktMedium, EventField.MktCampaign, EventField.MktTerm, EventField.MktContent, EventField.MktClickid,
    ];

    /// <summary>The hash; 0 where none of the columns has a text.</summary>
    public static ulong Of(EnrichedEvent e)
    {
        var (hash, isThere) = (0ul, false);
        foreach (var field in Fields)
        {
            var text = e[field];
            isThere |= !text.IsEmpty;
            hash = Hash.Of(text, hash);
        }

        return isThere ? Math.Max(1, hash) : 0;
    }
}
