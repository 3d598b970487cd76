using System.Diagnostics.CodeAnalysis;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// A JSON Schema of draft-04, ready to validate. Immutable and safe to use from many threads at once.
/// </summary>
/// <remarks>
/// Rules that go beyond draft-04 or that it leaves open: a property that occurs twice must be valid each time; lengths count code
/// points; <c>1.0</c> is no integer (core §3.5); texts nest at most 50 levels; the formats of draft-04 and <c>date</c>, <c>uuid</c>,
/// <c>regex</c> are checked; unknown keywords, among them Iglu's <c>self</c> and <c>$supersededBy</c>, are ignored.
/// A <c>$ref</c> may lead within the document or to the draft-04 metaschema; nothing is fetched.
/// </remarks>
public sealed class CompiledSchema
{
    /// <summary>How many violations are reported at most; more would not help to understand the first.</summary>
    public const int MaxReports = 20;

    private readonly SchemaNode _root;

    private CompiledSchema(SchemaNode root) => _root = root;

    /// <summary>
    /// The schema of each item where this is the schema of a list: <c>items</c> with one schema for all. Null otherwise. With it the
    /// items of an invalid list can be judged one by one.
    /// </summary>
    public CompiledSchema? Items =>
        _root.Array is { Positional: [], Others: { } items } ? new CompiledSchema(items) : null;

    /// <summary>Compiles a schema; false with the reasons if the document is none.</summary>
    /// <param name="utf8Schema">The schema document, which is not kept.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="issues">Why there is none; empty on success.</param>
    public static bool TryCompile(
        ReadOnlyMemory<byte> utf8Schema, [NotNullWhen(true)] out CompiledSchema? schema, out IReadOnlyList<SchemaIssue> issues) =>
        TryCompile(utf8Schema, Draft04.Library, out schema, out issues);

    /// <summary>Compiles a schema that may refer to other documents, given by URI.</summary>
    internal static bool TryCompile(
        ReadOnlyMemory<byte> utf8Schema,
        IReadOnlyDictionary<string, byte[]> library,
        [NotNullWhen(true)] out CompiledSchema? schema,
        out IReadOnlyList<SchemaIssue> issues)
    {
        var root = SchemaCompiler.Compile(utf8Schema, library, Draft04.Metaschema, out issues);
        schema = root is null ? null : new CompiledSchema(root);
        return schema is not null;
    }

    /// <summary>Whether a text is JSON and matches. Allocates nothing, except for unusual schemas and long escaped strings.</summary>
    public bool IsValid(ReadOnlySpan<byte> utf8Json)
    {
        var run = new SchemaRun(JsonCursor.Over(utf8Json), report: null);
        return _root.Check(ref run) && !run.Broken && run.Cursor.ReadEnd();
    }

    /// <summary>
    /// All that is wrong with a text, up to <see cref="MaxReports"/>; empty if it matches, and then nothing is allocated.
    /// A text that is not JSON gives a report with the keyword <c>json</c>; validation given up because it would cost too much (a
    /// pattern that backtracks, nested alternatives) one with the keyword <c>limit</c>.
    /// </summary>
    public IReadOnlyList<DataReport> Validate(ReadOnlySpan<byte> utf8Json) => Validate(utf8Json, "$");

    /// <inheritdoc cref="Validate(ReadOnlySpan{byte})"/>
    /// <param name="utf8Json">The text.</param>
    /// <param name="rootPath">Where the text lies in the one that the reports should speak of: <c>$[3]</c>.</param>
    public IReadOnlyList<DataReport> Validate(ReadOnlySpan<byte> utf8Json, string rootPath) =>
        IsValid(utf8Json) ? [] : Report(utf8Json, rootPath);

    private IReadOnlyList<DataReport> Report(ReadOnlySpan<byte> utf8Json, string rootPath)
    {
        var report = new ViolationReport(MaxReports, rootPath);
        var run = new SchemaRun(JsonCursor.Over(utf8Json), report);
        _root.Check(ref run);
        if (!run.Broken && !report.IsFull)
            run.Cursor.ReadEnd();
        if (run.Cursor.Failed)
            return [new DataReport($"{rootPath}: {run.Cursor.FaultText}", rootPath, "json", [])];
        return run.Abandoned is { } reason
            ? [.. report.Violations, new DataReport($"{rootPath}: {reason}", rootPath, "limit", [])]
            : report.Violations;
    }
}
