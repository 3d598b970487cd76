using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Tables;

/// <summary>A table with its columns, as the commands that make one have it.</summary>
internal sealed record TableDeclaration(Token Name, TableDefinition Definition, CommandProperties Properties)
{
    public static TableDeclaration Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        var columns = reader.Columns();
        var properties = reader.Properties("docstring", "folder");
        return new TableDeclaration(
            name,
            new TableDefinition(name.Text, [.. columns.Select(column => new ColumnDefinition(column.Name, column.Type, ""))], properties["folder"], properties["docstring"]),
            properties);
    }
}
