using System.Collections.Immutable;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Snowplow.Model;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Silo.Api;

/// <summary>Describes the members of rows in OpenAPI by the rules of the tables' columns.</summary>
internal static class ColumnDescriptions
{
    /// <summary>Adds the descriptions where a schema is that of a row.</summary>
    public static void Add(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        foreach (var column in Columns(context.JsonTypeInfo.Type))
        {
            if (schema.Properties?.TryGetValue(column.Name, out var property) == true)
                property.Description = column.Rule;
        }
    }

    private static ImmutableArray<ModelColumn> Columns(Type row)
    {
        if (row == typeof(SessionRow))
            return SessionColumns.All;
        return row == typeof(UserRow) ? UserColumns.All : [];
    }
}
