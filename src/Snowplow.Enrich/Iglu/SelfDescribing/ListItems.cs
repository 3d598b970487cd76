using System.Globalization;
using Snowplow.Enrich.JsonSchema;

namespace Snowplow.Enrich.Iglu;

/// <summary>Takes the items of a list apart.</summary>
internal static class ListItems
{
    /// <summary>Adds an entry for each item; none if the data, which is well-formed JSON, is no list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="schema">What each item must match; null if all are known to.</param>
    /// <param name="items">Receives the entries.</param>
    public static void Read(SelfDescribingOutcome list, CompiledSchema? schema, List<SelfDescribingOutcome> items)
    {
        var cursor = JsonCursor.OverUtf8(list.Data.Span);
        if (cursor.Peek() != JsonTypes.Array || !cursor.Enter())
            return;

        var isFirst = true;
        while (cursor.NextItem(ref isFirst))
        {
            cursor.Peek();
            var start = cursor.Position;
            cursor.Skip();
            var json = list.Data[start..cursor.Position];
            var failure = schema is null ? null : Judge(list, schema, json, items.Count);
            items.Add(new SelfDescribingOutcome(null, json, default, failure));
        }
    }

    private static IgluFailure.Validation? Judge(
        SelfDescribingOutcome list, CompiledSchema schema, ReadOnlyMemory<byte> item, int index)
    {
        if (schema.IsValid(item.Span))
            return null;

        var reports = schema.Validate(item.Span, string.Create(CultureInfo.InvariantCulture, $"$[{index}]"));
        return list.Broken(reports);
    }
}
