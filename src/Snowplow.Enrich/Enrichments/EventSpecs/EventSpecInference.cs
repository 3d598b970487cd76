using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.EventSpecs;

/// <summary>
/// Says which event specifications of the tracking plan an event is an instance of: an entity <c>event_specification</c> for each.
/// Events whose tracker said so itself are left alone. Events of the tracker protocol (page views, say) have the schema that
/// <see cref="SchemaFields"/> gives them, and no data.
/// </summary>
/// <param name="file">The specifications.</param>
internal sealed class EventSpecInference(Asset<EventSpecificationFile> file) : IEnrichment
{
    private static readonly EntityType Specification = new("com.snowplowanalytics.snowplow", "event_specification", 1);
    private static readonly SchemaKey PageView = SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/page_view/jsonschema/1-0-0");
    private static readonly SchemaKey PagePing = SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/page_ping/jsonschema/1-0-0");
    private static readonly SchemaKey Transaction = SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/transaction/jsonschema/1-0-0");
    private static readonly SchemaKey TransactionItem = SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/transaction_item/jsonschema/1-0-0");
    private static readonly SchemaKey Struct = SchemaKey.Parse("iglu:com.google.analytics/event/jsonschema/1-0-0");

    private readonly List<EventSpecification> _found = [];

    /// <summary>Reads <c>event_spec_enrichment_config</c>.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        try
        {
            var location = AssetStore.Location(config.Parameters.GetProperty("uri").GetString()!, config.Parameters.GetProperty("database").GetString()!);
            var file = environment.Assets.Load(location, Path.GetDirectoryName(config.File) ?? "", EventSpecificationFile.Read);
            return () => new EventSpecInference(file);
        }
        catch (AssetException e)
        {
            config.Refuse("database", e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        if (SchemaOf(e) is not { } schema) return;
        var specifications = file.Current.Of(schema);
        if (specifications.Length == 0 || EntityReader.TryFind(e.Fields[EventField.Contexts], Specification, out _)) return;

        _found.Clear();
        var data = EntityReader.TryReadUnstructEvent(e.Fields[EventField.UnstructEvent], out var own) ? own.Data : "{}"u8;
        foreach (var specification in specifications)
        {
            if (specification.Describes(data, e.Fields[EventField.Contexts], e.DerivedContexts)) _found.Add(specification);
        }

        foreach (var specification in _found) Add(e, specification);
    }

    private static SchemaKey? SchemaOf(EventInProgress e)
    {
        var type = e.Fields[EventField.Event];
        return type.SequenceEqual("unstruct"u8) ? e.SelfDescribingEventSchema
            : type.SequenceEqual("page_view"u8) ? PageView
            : type.SequenceEqual("page_ping"u8) ? PagePing
            : type.SequenceEqual("struct"u8) ? Struct
            : type.SequenceEqual("transaction"u8) ? Transaction
            : type.SequenceEqual("transaction_item"u8) ? TransactionItem
            : null;
    }

    private static void Add(EventInProgress e, EventSpecification specification)
    {
        var json = e.DerivedContexts.Begin("iglu:com.snowplowanalytics.snowplow/event_specification/jsonschema/1-0-4"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, specification.Id);
        if (specification.Name is { } name) json.WriteString("name"u8, name);
        if (specification.Version is { } version) json.WriteNumber("version"u8, version);
        json.WriteEndObject();
        e.DerivedContexts.End();
    }
}
