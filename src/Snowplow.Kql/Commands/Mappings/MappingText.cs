using System.Text;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary>Checks the JSON of a mapping: a list of columns, each with a place or path in the data.</summary>
internal static class MappingText
{
    /// <exception cref="BindFailure">It is none, or names a column that the table has not.</exception>
    public static void Check(string text, TableDefinition table, TextSpan span)
    {
        if (!DynamicJson.TryParse(Encoding.UTF8.GetBytes(text), out var value) || value is not object?[] items)
            throw BindFailure.Semantic("SEM0306", "A mapping is a JSON array of objects such as {\"Column\":\"name\",\"Properties\":{\"Path\":\"$.name\"}}", span);
        foreach (var item in items)
        {
            if (item is not Bag bag || Get(bag, "Column") is not string column)
                throw BindFailure.Semantic("SEM0306", $"An item of a mapping must be an object with \"Column\", not {DynamicJson.Text(item)}", span);
            if (table.Columns.All(own => own.Name != column)) throw BindFailure.Semantic("SEM0100", $"The table '{table.Name}' has no column '{column}', which the mapping names", span);
            var properties = Get(bag, "Properties") as Bag ?? bag;
            if (Get(properties, "Ordinal") is null && Get(properties, "Path") is null && Get(properties, "Field") is null && Get(properties, "ConstValue") is null && Get(properties, "Transform") is null)
                throw BindFailure.Semantic("SEM0306", $"The mapping does not say where '{column}' comes from: expected Ordinal, Path, Field, ConstValue or Transform in its Properties", span);
        }
    }

    private static object? Get(Bag bag, string name) => bag.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
