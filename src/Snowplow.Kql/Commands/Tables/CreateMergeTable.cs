using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.create-merge table</c>.</summary>
internal static class CreateMergeTable
{
    public static readonly CommandForm Form = new(
        "create-merge table *",
        ".create-merge table T (column:type, …) [with (docstring = '…', folder = '…')]",
        "Makes a table, or gives the one of that name the columns that it lacks; rows that are there have nulls in them.",
        Read);

    private static CommandAction Read(CommandReader reader)
    {
        var declared = TableDeclaration.Read(reader);
        return run =>
        {
            var merged = run.Database.Definition(declared.Name.Text) is { } known ? Merged(run, known, declared) : declared.Definition;
            if (!merged.IsFixed) run.Change(run.Catalog.With(merged));
            return TableRows.WithSchema(run.Database, merged);
        };
    }

    private static TableDefinition Merged(CommandRun run, TableDefinition known, TableDeclaration declared)
    {
        foreach (var column in declared.Definition.Columns)
            if (known.Columns.FirstOrDefault(own => own.Name == column.Name) is { } own && own.Type != column.Type)
                throw BindFailure.Semantic("SEM0301", $"The column '{column.Name}' of '{known.Name}' is a {own.Type.Name()}, not a {column.Type.Name()}", declared.Name.Span);
        var added = declared.Definition.Columns.Where(column => known.Columns.All(own => own.Name != column.Name)).ToList();
        if (added.Count > 0) run.OwnTable(declared.Name);
        return known with
        {
            Columns = known.Columns.AddRange(added),
            Folder = declared.Properties.Has("folder") ? declared.Definition.Folder : known.Folder,
            DocString = declared.Properties.Has("docstring") ? declared.Definition.DocString : known.DocString,
        };
    }
}
