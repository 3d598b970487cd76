using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>bag_unpack</c>: a column for each property; of the type of its values, or dynamic where they are mixed.</summary>
internal static class BagUnpack
{
    private static readonly string[] Names = ["column", "OutputColumnPrefix", "columnsConflict", "ignoredProperties"];

    public static PlanNode Bind(PluginCall call)
    {
        var arguments = new ExpressionSyntax?[Names.Length];
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var place = call.Arguments[i] is NamedSyntax named ? Array.IndexOf(Names, named.Names[0]) : i;
            if (place < 0 || place >= Names.Length) throw BindFailure.Semantic("SEM0219", $"bag_unpack takes {string.Join(", ", Names)}", call.Span);
            arguments[place] = call.Arguments[i] is NamedSyntax inner ? inner.Expression : call.Arguments[i];
        }

        var column = call.Column(0);
        if (column.Type != KqlType.Dynamic) throw BindFailure.Semantic("SEM0219", $"bag_unpack needs a dynamic column, not {column.Type.Name()}", call.Span);
        var prefix = arguments[1] is { } given ? (string?)call.Binder.Constant(given, KqlType.String) ?? "" : "";
        var conflict = arguments[2] is { } rule ? (string?)call.Binder.Constant(rule, KqlType.String) : "error";
        var ignored = arguments[3] is { } list ? (call.Binder.Constant(list) as object?[] ?? []).Select(DynamicValue.Text).ToHashSet(StringComparer.Ordinal) : [];
        var table = call.Binder.ToTable("bag_unpack", call.Input);
        var rows = call.Binder.Run(new Scan(table));
        var bags = rows[call.Input.Schema.PlaceOf(column)];
        var properties = new OrderedDictionary<string, object?[]>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            foreach (var (name, value) in bags.Box(row) as Bag ?? [])
            {
                if (ignored.Contains(name)) continue;
                if (!properties.TryGetValue(prefix + name, out var values)) properties.Add(prefix + name, values = new object?[rows.RowCount]);
                values[row] = value;
            }
        }

        var columns = new List<(string Name, KqlType Type)>();
        var output = new List<Column>();
        foreach (var (own, i) in call.Input.Schema.Select((own, i) => (own, i)))
        {
            if (own == column) continue;
            if (properties.ContainsKey(own.Name))
            {
                if (conflict == "replace_source") continue;
                if (conflict != "keep_source") throw BindFailure.Semantic("SEM0201", $"bag_unpack: the bag has a property '{own.Name}', and so has the table a column; say columnsConflict='replace_source' or 'keep_source'", call.Span);
                properties.Remove(own.Name);
            }

            columns.Add((own.Name, own.Type));
            output.Add(rows[i]);
        }

        foreach (var (name, values) in properties)
        {
            var type = call.Syntax.Schema?.FirstOrDefault(declared => declared.Name == name)?.Type ?? TypeOf(values);
            columns.Add((name, type));
            output.Add(Columns.Of(type, [.. values.Select(value => DynamicValue.To(type, value))]));
        }

        return new Scan(new MemoryTable("bag_unpack", columns, [.. output], rows.RowCount));
    }

    private static KqlType TypeOf(object?[] values)
    {
        var kinds = values.Where(value => value is not null).Select(value => value switch
        {
            bool => KqlType.Bool, long => KqlType.Long, double => KqlType.Real, string => KqlType.String, DateTime => KqlType.DateTime, TimeSpan => KqlType.TimeSpan,
            Guid => KqlType.Guid, _ => KqlType.Dynamic,
        }).Distinct().ToList();
        return kinds is [var only] ? only : KqlType.Dynamic;
    }
}
