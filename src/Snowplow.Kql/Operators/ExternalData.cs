using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Files;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>externaldata</c>: the rows of files, which are read anew by each run and never held as a whole; a part of the plan for each file, in the order in which
/// they are named. Which files may be read is not known here: <see cref="QueryOptions.OpenFile"/> opens them.
/// </summary>
internal sealed class ExternalData : PlanNode
{
    private static readonly string[] Properties = ["format", "ignoreFirstRecord"];

    private readonly IReadOnlyList<(string Name, KqlType Type)> _columns;
    private readonly IReadOnlyList<string> _paths;
    private readonly FileFormat? _format;
    private readonly bool _ignoresFirst;
    private readonly int[] _places;

    private ExternalData(IReadOnlyList<(string Name, KqlType Type)> columns, IReadOnlyList<string> paths, FileFormat? format, bool ignoresFirst, RowSchema schema, int[] places)
        : base(schema)
    {
        _columns = columns;
        _paths = paths;
        _format = format;
        _ignoresFirst = ignoresFirst;
        _places = places;
    }

    public static PlanNode Bind(ExternalDataSyntax syntax, Binder binder)
    {
        if (syntax.Columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() < syntax.Columns.Count)
            throw BindFailure.Semantic("SEM0201", "Two columns have the same name", syntax.Span);
        FileFormat? format = null;
        var ignoresFirst = false;
        foreach (var property in syntax.Properties)
        {
            if (property.Name.Equals(Properties[0], StringComparison.OrdinalIgnoreCase)) format = Format(property.Value, binder);
            else if (property.Name.Equals(Properties[1], StringComparison.OrdinalIgnoreCase)) ignoresFirst = binder.Constant(property.Value, KqlType.Bool) is true;
            else throw BindFailure.NotSupported($"the property '{property.Name}' of externaldata (there are {string.Join(" and ", Properties)})", property.Value.Span);
        }

        (string, KqlType)[] columns = [.. syntax.Columns.Select(column => (column.Name, column.Type))];
        string[] paths = [.. syntax.Paths.Select(path => (string)binder.Constant(path, KqlType.String)!)];
        var schema = new RowSchema(syntax.Columns.Select(column => new ColumnSymbol(column.Name, column.Type)));
        return new ExternalData(columns, paths, format, ignoresFirst, schema, [.. Enumerable.Range(0, columns.Length)]);
    }

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        if (Schema.All(needed.Contains)) return this;
        var kept = Enumerable.Range(0, Schema.Count).Where(i => needed.Contains(Schema[i])).ToList();
        return new ExternalData(_columns, _paths, _format, _ignoresFirst, new RowSchema(kept.Select(i => Schema[i])), [.. kept.Select(i => _places[i])]);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var open = context.Options.OpenFile ?? throw new KqlException(KqlErrorKind.NotSupported, "not supported by the embedded engine: externaldata, where no files may be read");
        return [.. _paths.Select(path => Read(path, open, context))];
    }

    private IEnumerable<Batch> Read(string path, OpenFile open, QueryContext context)
    {
        using var file = Told(path, () => open(path));
        using var rows = new DeclaredFile(_format ?? FileFormats.OfFile(path), _columns, _places, _ignoresFirst).Read(file).GetEnumerator();
        while (Told(path, rows.MoveNext))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            yield return new Batch(Schema, rows.Current.Columns, rows.Current.RowCount);
        }
    }

    private static FileFormat Format(ExpressionSyntax value, Binder binder)
    {
        // Kusto takes the name with and without quotes.
        var name = value is NameSyntax bare ? bare.Name : (string)binder.Constant(value, KqlType.String)!;
        return FileFormats.Named(name) ?? throw BindFailure.NotSupported($"the format '{name}' (there are {FileFormats.Names})", value.Span);
    }

    private static T Told<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            throw new KqlException(KqlErrorKind.Runtime, $"externaldata cannot read '{path}': {failure.Message}", failure);
        }
    }
}
