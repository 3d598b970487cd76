using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Puts enriched events into their table.</summary>
internal sealed class EventLines(StoredTable table, ForgottenKeys forgotten)
{
    private readonly EventKeyReader _keys = new();

    /// <summary>The columns and values from which a key follows where the event has no other of its kind.</summary>
    public static IEnumerable<(int Column, string Value)> FollowedBy(string key)
    {
        if (key.StartsWith("d:", StringComparison.Ordinal)) yield return ((int)EventField.DomainUserid, key[2..]);
        if (key.StartsWith("s:", StringComparison.Ordinal)) yield return ((int)EventField.DomainSessionid, key[2..]);
    }

    /// <summary>Adds the events of a batch, but those by which people are forgotten.</summary>
    public void Add(EnrichedBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var e = batch[i];
            if (!ForgetEvent.Is(e)) Add(e);
        }
    }

    private void Add(EnrichedEvent e)
    {
        var keys = _keys.Read(e);
        var collected = EventTime.TryParse(e[EventField.CollectorTstamp], out var time) ? time.UtcTicks : long.MaxValue;
        var fate = table.Decide(RowKeys.Of(e[EventField.EventId]), (collected, collected));
        var columns = table.Hot.Columns;
        for (var field = 0; field < EventFields.Count; field++) columns[field].AppendText(e[(EventField)field]);
        AppendKey(columns[EventFields.Count], keys.User, "d:"u8, e[EventField.DomainUserid]);
        AppendKey(columns[EventFields.Count + 1], keys.Session, "s:"u8, e[EventField.DomainSessionid]);
        var isForgotten = !forgotten.IsEmpty && forgotten.Include(ForgetRule.EventsOfEither, keys.User ?? "", keys.Session ?? "", default, collected);
        table.Add(fate, isForgotten);
    }

    // Nothing where the key is the id in the event's own column behind its prefix, as it mostly is.
    private static void AppendKey(Hot.ColumnAppender column, string? key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> id)
    {
        if (key is null)
        {
            column.AppendText("-"u8);
            return;
        }

        Span<byte> scratch = key.Length <= 256 ? stackalloc byte[3 * 256] : new byte[3 * key.Length];
        var utf8 = scratch[..Encoding.UTF8.GetBytes(key, scratch)];
        column.AppendText(utf8.Length == prefix.Length + id.Length && utf8.StartsWith(prefix) && utf8[prefix.Length..].SequenceEqual(id) ? [] : utf8);
    }
}
