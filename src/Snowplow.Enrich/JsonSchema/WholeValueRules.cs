using System.Globalization;
using System.Runtime.CompilerServices;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// The keywords that apply to a value of any type: <c>enum</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>not</c>. Each reads the
/// value for itself from its first byte; nothing is copied.
/// </summary>
internal sealed class WholeValueRules
{
    public EnumRule? Enum { get; init; }

    public SchemaNode[] AllOf { get; init; } = [];

    public SchemaNode[] AnyOf { get; init; } = [];

    public SchemaNode[] OneOf { get; init; } = [];

    public SchemaNode? Not { get; init; }

    /// <summary>Checks the value and returns to its beginning.</summary>
    public bool Check(ref SchemaRun run)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            run.Abandon("the schema refers from schema to schema too deeply");
            return false;
        }

        if (run.Cursor.Peek() == JsonTypes.None)
            return false;

        var start = run.Cursor.Here;
        var isValid = Enum is null || Enum.Check(ref run);
        run.ReadAgain(start);
        if (isValid || !run.Stops)
            isValid &= CheckAllOf(ref run, start);
        if (AnyOf.Length > 0 && (isValid || !run.Stops))
            isValid &= CheckAlternatives(ref run, start, AnyOf, "anyOf", stopAt: 1) > 0;
        if (OneOf.Length > 0 && (isValid || !run.Stops))
            isValid &= CheckOneOf(ref run, start);
        if (Not is not null && (isValid || !run.Stops))
            isValid &= CheckNot(ref run, start, Not);
        return isValid && !run.Broken;
    }

    private bool CheckAllOf(ref SchemaRun run, JsonCursor.Mark start)
    {
        var isValid = true;
        foreach (var schema in AllOf)
        {
            isValid &= schema.Check(ref run);
            if (!isValid && run.Stops)
                return false;
            run.ReadAgain(start);
        }

        return isValid;
    }

    private bool CheckOneOf(ref SchemaRun run, JsonCursor.Mark start)
    {
        var matched = CheckAlternatives(ref run, start, OneOf, "oneOf", stopAt: 2);
        if (matched > 1 && !run.Broken)
            run.Violates("oneOf", "matches more than one of the schemas of which it must match exactly one");
        return matched == 1;
    }

    /// <summary>
    /// Counts the schemas that the value matches, up to a number. If it matches none, what each of them misses is reported; that
    /// tells more than the keyword alone, above all for "null or something".
    /// </summary>
    private static int CheckAlternatives(
        ref SchemaRun run, JsonCursor.Mark start, SchemaNode[] schemas, string keyword, int stopAt)
    {
        var matched = 0;
        var reported = run.Report?.Count ?? 0;
        foreach (var schema in schemas)
        {
            matched += schema.Check(ref run) && !run.Broken ? 1 : 0;
            run.ReadAgain(start);
            if (matched == stopAt || run.Broken)
                break;
        }

        if (matched > 0)
            run.Report?.Truncate(reported);
        else if (run.Report?.Count == reported)
            run.Violates(keyword, $"matches none of {schemas.Length.ToString(CultureInfo.InvariantCulture)} schemas");
        return matched;
    }

    private static bool CheckNot(ref SchemaRun run, JsonCursor.Mark start, SchemaNode schema)
    {
        var reported = run.Report?.Count ?? 0;
        var matched = schema.Check(ref run);
        run.ReadAgain(start);
        run.Report?.Truncate(reported);
        if (matched && !run.Broken)
            run.Violates("not", "matches a schema that it must not match");
        return !matched && !run.Broken;
    }
}
