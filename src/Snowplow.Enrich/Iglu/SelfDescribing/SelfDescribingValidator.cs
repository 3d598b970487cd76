using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Validates self-describing JSON against the schemas that it names. Thread-safe. Completes at once, and without allocating for
/// valid input, where the schemas are cached.
/// </summary>
/// <remarks>The rules are those of Snowplow's enrich (enrich specification §6), with lists judged item by item.</remarks>
public sealed class SelfDescribingValidator(IgluResolver resolver)
{
    // Lookups at a time for one list.
    private const int MaxLookups = 8;

    /// <summary>Validates one self-describing JSON.</summary>
    /// <param name="json">UTF-8 text, which must not change until the result has been used.</param>
    /// <param name="criterion">Schemas allowed here; null for any.</param>
    /// <param name="cancellation">Ends waiting for registries.</param>
    public async ValueTask<SelfDescribingOutcome> ValidateAsync(
        ReadOnlyMemory<byte> json, SchemaCriterion? criterion, CancellationToken cancellation)
    {
        var read = await ReadAsync(json, criterion, cancellation);
        if (read.Schema is null)
            return read.Outcome;

        var reports = read.Schema.Validate(read.Outcome.Data.Span);
        return reports.Count == 0
            ? read.Outcome
            : read.Outcome with { Failure = read.Outcome.Broken(reports) };
    }

    /// <summary>
    /// Validates a self-describing JSON whose data is another one (<c>unstruct_event</c>): first the outer, then the inner.
    /// </summary>
    /// <returns>The inner one; the outer one with its failure if that is not valid.</returns>
    public async ValueTask<SelfDescribingOutcome> ValidateNestedAsync(
        ReadOnlyMemory<byte> json, SchemaCriterion criterion, CancellationToken cancellation)
    {
        var outer = await ValidateAsync(json, criterion, cancellation);
        return outer.IsValid ? await ValidateAsync(outer.Data, criterion: null, cancellation) : outer;
    }

    /// <summary>
    /// Validates a self-describing JSON whose data is a list (<c>payload_data</c>), each item by the list's schema.
    /// </summary>
    /// <param name="json">UTF-8 text, which must not change until the result has been used.</param>
    /// <param name="criterion">Schemas allowed for the list.</param>
    /// <param name="items">Receives one entry per item, in order; cleared first. Paths in reports begin with the item: <c>$[3]</c>.</param>
    /// <param name="cancellation">Ends waiting for registries.</param>
    /// <returns>The list itself; with a failure, and no items, if no item can be judged.</returns>
    public async ValueTask<SelfDescribingOutcome> ValidateListAsync(
        ReadOnlyMemory<byte> json, SchemaCriterion criterion, List<SelfDescribingOutcome> items, CancellationToken cancellation)
    {
        items.Clear();
        var list = await ReadAsync(json, criterion, cancellation);
        return list.Schema is null ? list.Outcome : JudgeItems(list.Outcome, list.Schema, items);
    }

    /// <summary>
    /// Validates a self-describing JSON whose data is a list of others (<c>contexts</c>): each item by the list's schema, then by
    /// its own.
    /// </summary>
    /// <inheritdoc cref="ValidateListAsync"/>
    public async ValueTask<SelfDescribingOutcome> ValidateNestedListAsync(
        ReadOnlyMemory<byte> json, SchemaCriterion criterion, List<SelfDescribingOutcome> items, CancellationToken cancellation)
    {
        var list = await ValidateListAsync(json, criterion, items, cancellation);
        var areSought = false;
        for (var index = 0; index < items.Count; index++)
        {
            if (!items[index].IsValid)
                continue;
            var validation = ValidateAsync(items[index].Json, criterion: null, cancellation);
            if (!validation.IsCompleted && !areSought)
            {
                areSought = true;
                await SeekAsync(items.Skip(index + 1), cancellation);
            }

            items[index] = await validation;
        }

        return list;
    }

    /// <summary>Looks up what schemas of the items are not cached, several at a time: one after the other would add their waits up.</summary>
    private async ValueTask SeekAsync(IEnumerable<SelfDescribingOutcome> items, CancellationToken cancellation)
    {
        var lookups = new List<Task>(MaxLookups);
        foreach (var key in items.Where(item => item.IsValid).Select(item => UnknownSchema(item.Json)).OfType<SchemaKey>().Distinct())
        {
            lookups.Add(resolver.LookupAsync(key, cancellation).AsTask());
            if (lookups.Count < MaxLookups)
                continue;
            await Task.WhenAny(lookups);
            lookups.RemoveAll(lookup => lookup.IsCompletedSuccessfully);
            cancellation.ThrowIfCancellationRequested();
        }

        await Task.WhenAll(lookups);
    }

    private SchemaKey? UnknownSchema(ReadOnlyMemory<byte> json)
    {
        if (SelfDescribingShape.TryRead(json, out var shape) is not null)
            return null;
        var uri = shape.IsSchemaEscaped ? Unescape(json.Span[shape.Schema]) : json[shape.Schema];
        return resolver.TryGetCached(uri.Span, out _, out _) ? null : SelfDescribingShape.ParseKey(uri.Span, out _);
    }

    /// <summary>Reads the outer form and finds the schema; without a schema the outcome has a failure.</summary>
    private async ValueTask<(SelfDescribingOutcome Outcome, CompiledSchema? Schema)> ReadAsync(
        ReadOnlyMemory<byte> json, SchemaCriterion? criterion, CancellationToken cancellation)
    {
        var outcome = new SelfDescribingOutcome(null, json, default, null);
        if (SelfDescribingShape.TryRead(json, out var shape) is { } malformed)
            return (outcome with { Failure = malformed }, null);

        var uri = shape.IsSchemaEscaped ? Unescape(json.Span[shape.Schema]) : json[shape.Schema];
        outcome = outcome with { Data = json[shape.Data] };
        if (!resolver.TryGetCached(uri.Span, out var key, out var lookup))
        {
            key = SelfDescribingShape.ParseKey(uri.Span, out var error);
            if (key is null)
                return (outcome with { Failure = new IgluFailure.NotIglu(json, error) }, null);
        }

        outcome = outcome with { Key = key };
        if (criterion is not null && !criterion.Matches(key))
            return (outcome with { Failure = new IgluFailure.CriterionMismatch(key, criterion) }, null);

        lookup ??= await resolver.LookupAsync(key, cancellation);
        if (lookup is not SchemaLookup.Found found)
            return (outcome with { Failure = FailureOf(key, lookup) }, null);
        return (found.SupersededBy is null ? outcome : outcome with { Key = found.SupersededBy, Superseded = key }, found.Schema);
    }

    private static IgluFailure FailureOf(SchemaKey key, SchemaLookup lookup) => lookup switch
    {
        SchemaLookup.Missing missing => new IgluFailure.Resolution(key, missing.History, missing.IsUnreachable),
        SchemaLookup.Unusable unusable => new IgluFailure.BrokenSchema(key, unusable.Issues),
        _ => throw new InvalidOperationException($"A lookup of {key} that found the schema has no failure."),
    };

    private static SelfDescribingOutcome JudgeItems(
        SelfDescribingOutcome list, CompiledSchema schema, List<SelfDescribingOutcome> items)
    {
        var isValid = schema.IsValid(list.Data.Span);
        var itemSchema = isValid ? null : schema.Items;
        if (isValid || itemSchema is not null)
            ListItems.Read(list, itemSchema, items);
        if (isValid || items.Exists(item => !item.IsValid))
            return list;

        // It is no list, or what is wrong concerns the list as a whole (it must not be empty, say).
        items.Clear();
        return list with { Failure = list.Broken(schema.Validate(list.Data.Span)) };
    }

    private static byte[] Unescape(ReadOnlySpan<byte> raw)
    {
        var text = new byte[raw.Length];
        return text[..JsonText.Unescape(raw, text)];
    }
}
