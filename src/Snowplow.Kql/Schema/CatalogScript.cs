using System.Text;

namespace Snowplow.Kql.Schema;

/// <summary>A catalog as the commands that make it.</summary>
public static class CatalogScript
{
    /// <summary>The commands that make a catalog of another one. What the other has and this one has not stays.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="besides">What is there already.</param>
    public static string Of(Catalog catalog, Catalog besides)
    {
        var text = new StringBuilder();
        foreach (var (name, table) in catalog.Tables)
            if (besides.Tables.GetValueOrDefault(name) is not { } known || known != table) Append(text, table);
        foreach (var (name, function) in catalog.Functions)
            if (besides.Functions.GetValueOrDefault(name) != function) Append(text, function.Command);
        // Those of tables before those of views.
        foreach (var view in catalog.MaterializedViews.Values.OrderBy(view => catalog.MaterializedViews.ContainsKey(view.SourceTable)))
            if (besides.MaterializedViews.GetValueOrDefault(view.Name) != view) Append(text, CommandOf(view, catalog.MaterializedViews.ContainsKey(view.SourceTable)));
        foreach (var (key, policy) in catalog.Policies.OrderBy(policy => policy.Key.ToString(), StringComparer.Ordinal))
            if (besides.Policies.GetValueOrDefault(key) != policy) Append(text, $".alter {key.EntityType} {KqlNames.Quoted(key.Entity)} policy {key.Policy} {KqlNames.Literal(policy)}");
        return text.ToString();
    }

    private static void Append(StringBuilder text, TableDefinition table)
    {
        var name = KqlNames.Quoted(table.Name);
        if (!table.IsFixed) Append(text, $".create-merge table {name} ({table.CslSchema})");
        if (table.Folder.Length > 0) Append(text, $".alter table {name} folder {KqlNames.Literal(table.Folder)}");
        if (table.DocString.Length > 0) Append(text, $".alter table {name} docstring {KqlNames.Literal(table.DocString)}");
        var told = table.Columns.Where(column => column.DocString.Length > 0).Select(column => $"{KqlNames.Quoted(column.Name)}: {KqlNames.Literal(column.DocString)}").ToList();
        if (told.Count > 0) Append(text, $".alter-merge table {name} column-docstrings ({string.Join(", ", told)})");
        foreach (var mapping in table.Mappings)
            Append(text, $".create-or-alter table {name} ingestion {mapping.Kind} mapping {KqlNames.Literal(mapping.Name)} {KqlNames.Literal(mapping.Text)}");
    }

    private static string CommandOf(MaterializedView view, bool isOfView) =>
        $".create-or-alter materialized-view with (docString = {KqlNames.Literal(view.Query.DocString)}, folder = {KqlNames.Literal(view.Query.Folder)}) {KqlNames.Quoted(view.Name)} on {(isOfView ? "materialized-view" : "table")} {KqlNames.Quoted(view.SourceTable)} {view.Query.Body}";

    private static void Append(StringBuilder text, string command) => text.Append(command).Append("\n\n");
}
