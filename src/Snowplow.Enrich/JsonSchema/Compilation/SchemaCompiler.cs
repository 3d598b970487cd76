using System.Text;
using System.Text.Json;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Turns a schema document into <see cref="SchemaNode"/>s: one node per place, made when first referred to and filled later, so
/// that schemas may refer to themselves.
/// </summary>
internal sealed class SchemaCompiler
{
    /// <summary>More issues than this tell nobody more.</summary>
    private const int MaxIssues = 20;

    private readonly SchemaDocuments _documents;
    private readonly SchemaNode? _metaschema;
    private readonly Dictionary<string, SchemaNode> _nodes = [];
    private readonly Queue<(SchemaNode Node, SchemaLocation Location)> _unfilled = new();
    private readonly List<SchemaIssue> _issues = [];

    private SchemaCompiler(IReadOnlyDictionary<string, byte[]> library, SchemaNode? metaschema) =>
        (_documents, _metaschema) = (new SchemaDocuments(library), metaschema);

    /// <summary>Compiles a document; null with the issues if it is no schema.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="library">Documents that it may refer to, by URI without fragment.</param>
    /// <param name="metaschema">What schemas must match; null only for the metaschema itself.</param>
    /// <param name="issues">Why it cannot be used.</param>
    public static SchemaNode? Compile(
        ReadOnlyMemory<byte> utf8,
        IReadOnlyDictionary<string, byte[]> library,
        SchemaNode? metaschema,
        out IReadOnlyList<SchemaIssue> issues)
    {
        var compiler = new SchemaCompiler(library, metaschema);
        issues = compiler._issues;
        try
        {
            var root = compiler.NodeAt(compiler._documents.AddMain(utf8));
            compiler.FillAll();
            if (issues.Count == 0 && InPlaceCycle.Find(compiler._nodes) is { } place)
                compiler.AddIssue(place, "it refers to itself without going down into the value, so that it would never end");
            return issues.Count == 0 ? root : null;
        }
        catch (JsonException malformed)
        {
            compiler.AddIssue("#", $"it is not JSON: {malformed.Message}");
            return null;
        }
    }

    /// <summary>Notes why the schema cannot be used.</summary>
    public void AddIssue(string pointer, string message)
    {
        if (_issues.Count < MaxIssues)
            _issues.Add(new SchemaIssue(pointer, message));
    }

    /// <summary>The node of a place, filled before compilation ends.</summary>
    public SchemaNode NodeAt(SchemaLocation location)
    {
        if (!_nodes.TryGetValue(location.Key, out var node))
        {
            _nodes.Add(location.Key, node = new SchemaNode());
            _unfilled.Enqueue((node, location));
        }

        return node;
    }

    /// <summary>A compiled pattern; null with an issue if it is malformed.</summary>
    public EcmaPattern? PatternAt(SchemaLocation location, string source)
    {
        if (EcmaPattern.TryCompile(source, out var pattern, out var error))
            return pattern;

        AddIssue(location.Pointer, $"'{source}' is no regular expression: {error}");
        return null;
    }

    private void FillAll()
    {
        while (_issues.Count == 0 && _unfilled.TryDequeue(out var next))
        {
            // A place inside a schema already checked has been checked with it.
            var isRoot = next.Location.Key.EndsWith('#');
            if (!isRoot && _documents.IsKnownSchema(next.Location) || IsShapedAsSchema(next.Location))
                Fill(next.Node, next.Location);
        }
    }

    private bool IsShapedAsSchema(SchemaLocation location)
    {
        if (location.Element.ValueKind != JsonValueKind.Object)
        {
            AddIssue(location.Pointer, "it must be an object to be a schema");
            return false;
        }

        if (_metaschema is null)
            return true;

        var report = new ViolationReport(MaxIssues, "$");
        var run = new SchemaRun(JsonCursor.Over(Encoding.UTF8.GetBytes(location.Element.GetRawText())), report);
        _metaschema.Check(ref run);
        if (run.Broken)
            AddIssue(location.Pointer, run.Abandoned ?? run.Cursor.FaultText);
        foreach (var violation in report.Violations)
            AddIssue(violation.Path, violation.Message);
        return report.Count == 0 && !run.Broken;
    }

    private void Fill(SchemaNode node, SchemaLocation location)
    {
        if (SchemaLocation.StringMember(location.Element, "$ref") is { } reference)
        {
            var error = _documents.TryFind(reference, location.BaseUri, out var target);
            if (error is null)
                node.Reference = NodeAt(target);
            else
                AddIssue(location.Pointer, $"$ref: {error}");
            return;
        }

        node.Types = RuleCompiler.Types(location.Element);
        node.WholeValue = RuleCompiler.WholeValue(this, location);
        node.Number = RuleCompiler.Number(this, location);
        node.String = RuleCompiler.String(this, location);
        node.Array = RuleCompiler.Array(this, location);
        node.Object = ObjectRulesCompiler.Compile(this, location);
    }
}
