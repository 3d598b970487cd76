using System.Globalization;
using System.Runtime.CompilerServices;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// The rules of objects: <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>, <c>required</c>,
/// <c>minProperties</c>, <c>maxProperties</c>, <c>dependencies</c>.
/// A property that occurs twice must be valid each time, so that it does not matter which one a reader takes.
/// </summary>
internal sealed class ObjectRules
{
    private const int WordBits = 64;
    private const int WordsOnStack = 4;

    /// <summary>All names that the schema mentions anywhere; the index is that of <see cref="Names"/>.</summary>
    public required Utf8NameTable Table { get; init; }

    /// <summary>
    /// What is known of each name. The required ones and those of dependencies come first, so that their indices fit a small set.
    /// </summary>
    public required PropertyRule[] Names { get; init; }

    /// <summary>How many of <see cref="Names"/> are noted when they occur.</summary>
    public required int NotedCount { get; init; }

    /// <summary>Schemas for names that match a pattern.</summary>
    public PatternRule[] Patterns { get; init; } = [];

    /// <summary>Schema of all other properties; null where any value will do.</summary>
    public SchemaNode? Others { get; init; }

    /// <summary>Whether there may be other properties.</summary>
    public bool AllowsOthers { get; init; } = true;

    public int MinProperties { get; init; }

    public int MaxProperties { get; init; } = int.MaxValue;

    public PropertyDependency[] Dependencies { get; init; } = [];

    public bool Check(ref SchemaRun run)
    {
        var start = run.Cursor.Here;
        if (!run.Cursor.Enter())
            return false;

        var words = (NotedCount + WordBits - 1) / WordBits;
        Span<ulong> seen = words <= WordsOnStack ? stackalloc ulong[WordsOnStack] : new ulong[words];
        var isValid = true;
        var isFirst = true;
        var count = 0;
        while (run.Cursor.NextProperty(ref isFirst, out var name, out var escaped))
        {
            count++;
            isValid &= CheckProperty(name, escaped, seen, ref run);
            if (!isValid && run.Stops)
                return false;
        }

        if (run.Cursor.Failed)
            return false;

        isValid &= CheckCount(count, ref run);
        if (isValid || !run.Stops)
            isValid &= CheckRequired(seen, ref run);
        if (Dependencies.Length > 0 && (isValid || !run.Stops))
            isValid &= CheckDependencies(seen, start, ref run);
        return isValid;
    }

    private bool CheckProperty(ReadOnlySpan<byte> name, bool escaped, scoped Span<ulong> seen, scoped ref SchemaRun run)
    {
        var index = escaped ? FindEscaped(name) : Table.Find(name);
        if ((uint)index < (uint)NotedCount)
            seen[index / WordBits] |= 1UL << index;

        var rule = index < 0 ? default : Names[index];
        if (run.Report is null && Patterns.Length == 0)
        {
            var schema = rule.IsDeclared ? rule.Schema : Others;
            return (rule.IsDeclared || AllowsOthers) && (schema is null ? run.Cursor.Skip() : schema.Check(ref run));
        }

        var path = run.Report?.Enter(name) ?? 0;
        var isValid = CheckPropertyFully(name, escaped, rule, ref run);
        run.Report?.Leave(path);
        return isValid;
    }

    private bool CheckPropertyFully(ReadOnlySpan<byte> name, bool escaped, PropertyRule rule, scoped ref SchemaRun run)
    {
        if (run.Cursor.Peek() == JsonTypes.None)
            return false;

        var start = run.Cursor.Here;
        var isMentioned = rule.IsDeclared;
        var isValid = rule.Schema is null || rule.Schema.Check(ref run);
        foreach (var pattern in Patterns)
        {
            if (!isValid && run.Stops)
                return false;

            var outcome = pattern.Name.Match(name, escaped);
            if (outcome == PatternOutcome.TimedOut)
                run.Abandon($"the pattern {pattern.Name} takes too long to match");
            if (outcome != PatternOutcome.Matched)
                continue;

            isMentioned = true;
            run.ReadAgain(start);
            isValid &= pattern.Schema.Check(ref run);
        }

        if (!isValid && run.Stops)
            return false;
        if (!isMentioned)
            return CheckOther(name, ref run);

        // A declared property without rules has not been read yet.
        if (run.Cursor.Here == start)
            isValid &= run.Cursor.Skip();
        return isValid && !run.Broken;
    }

    private bool CheckOther(ReadOnlySpan<byte> name, scoped ref SchemaRun run)
    {
        if (AllowsOthers)
            return Others is null ? run.Cursor.Skip() : Others.Check(ref run);
        if (run.Report is null)
            return false;

        run.Violates("additionalProperties", "is a property that the schema does not allow", JsonText.ToString(name));
        if (!run.Stops)
            run.Cursor.Skip();
        return false;
    }

    private int FindEscaped(ReadOnlySpan<byte> name)
    {
        using var text = new ByteBuffer(name.Length);
        var length = JsonText.Unescape(name, text.Reserve(name.Length));
        return Table.Find(text.Array.AsSpan(0, length));
    }

    private bool CheckCount(int count, ref SchemaRun run)
    {
        if (count < MinProperties)
            return run.Violates("minProperties", $"must have at least {Text(MinProperties)} properties", Text(MinProperties));
        return count <= MaxProperties
            || run.Violates("maxProperties", $"must have at most {Text(MaxProperties)} properties", Text(MaxProperties));
    }

    private bool CheckRequired(scoped ReadOnlySpan<ulong> seen, ref SchemaRun run)
    {
        var isValid = true;
        for (var index = 0; index < NotedCount && (isValid || !run.Stops); index++)
        {
            if (Names[index].IsRequired && !Has(seen, index))
                isValid = run.Violates("required", $"the property {Names[index].Name} is required but missing", Names[index].Name);
        }

        return isValid;
    }

    private bool CheckDependencies(scoped ReadOnlySpan<ulong> seen, JsonCursor.Mark start, ref SchemaRun run)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            run.Abandon("the schema refers from schema to schema too deeply");
            return false;
        }

        var isValid = true;
        foreach (var dependency in Dependencies)
        {
            if (!Has(seen, dependency.Trigger))
                continue;

            foreach (var needed in dependency.Needed)
            {
                if (!Has(seen, needed))
                    isValid = run.Violates("dependencies", DependencyMessage(dependency, needed), Names[needed].Name);
            }

            if (dependency.Schema is not null && (isValid || !run.Stops))
            {
                run.ReadAgain(start);
                isValid &= dependency.Schema.Check(ref run) && !run.Broken;
            }

            if (!isValid && run.Stops)
                return false;
        }

        return isValid;
    }

    private string DependencyMessage(PropertyDependency dependency, int needed) =>
        $"the property {Names[needed].Name} is required where {Names[dependency.Trigger].Name} is present";

    private static bool Has(ReadOnlySpan<ulong> seen, int index) => (seen[index / WordBits] & (1UL << index)) != 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
