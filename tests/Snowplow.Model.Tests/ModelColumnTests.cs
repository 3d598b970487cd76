using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests;

public sealed class ModelColumnTests
{
    [Fact]
    public void SessionColumns_AreTheMembersOfTheRowInItsOrder() => ShouldDescribe(SessionColumns.All, ModelJson.SessionRow);

    [Fact]
    public void UserColumns_AreTheMembersOfTheRowInItsOrder() => ShouldDescribe(UserColumns.All, ModelJson.UserRow);

    private static void ShouldDescribe<T>(ImmutableArray<ModelColumn> columns, JsonTypeInfo<T> row)
    {
        columns.Select(column => (column.Name, column.Type)).ShouldBe(
            row.Properties.Where(property => !property.IsExtensionData).Select(property => (property.Name, KustoType(property.PropertyType))));
        columns.ShouldAllBe(column => column.Rule.Length > 0);
    }

    private static string KustoType(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name switch
    {
        nameof(String) => "string",
        nameof(Int32) or nameof(Int64) => "long",
        nameof(Double) => "real",
        nameof(Boolean) => "bool",
        nameof(DateTimeOffset) => "datetime",
        _ => "dynamic",
    };
}
