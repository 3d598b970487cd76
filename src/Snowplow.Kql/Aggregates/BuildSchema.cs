using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>buildschema</c>: see <see cref="ValueSchema"/>.</summary>
internal sealed class BuildSchema : Accumulator
{
    public static readonly AggregateFunction Function = new("buildschema", 2, "The types of all values: of properties of bags by name, of items of arrays under `indexer`.", Bind);

    private ValueSchema?[] _schemas = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _schemas, groupCount);
        for (var i = 0; i < groups.Length; i++) (_schemas[groups[i]] ??= new ValueSchema()).Add(arguments[0].Box(i));
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _schemas, groupCount);
        var from = ((BuildSchema)other)._schemas;
        for (var i = 0; i < Math.Min(map.Length, from.Length); i++)
            if (from[i] is { } schema) (_schemas[map[i]] ??= new ValueSchema()).Merge(schema);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _schemas, groupCount);
        return [new DynamicColumn([.. _schemas.Select(schema => schema?.ToDynamic())])];
    }

    private static BoundAggregate? Bind(AggregateCall call) =>
        call.Arguments is [{ Type: KqlType.Dynamic } argument] ? new BoundAggregate([argument], [(call.Named("schema"), KqlType.Dynamic)], () => new BuildSchema()) : null;
}
