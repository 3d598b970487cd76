using System.Globalization;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>items</c>, <c>additionalItems</c>, <c>minItems</c>, <c>maxItems</c> and <c>uniqueItems</c>.</summary>
internal sealed class ArrayRules
{
    /// <summary>Schemas by position (<c>items</c> as an array); empty if there are none.</summary>
    public SchemaNode[] Positional { get; init; } = [];

    /// <summary>Schema of the items that have none by position; null where any value will do.</summary>
    public SchemaNode? Others { get; init; }

    /// <summary>Whether there may be items beyond those by position.</summary>
    public bool AllowsOthers { get; init; } = true;

    public int MinItems { get; init; }

    public int MaxItems { get; init; } = int.MaxValue;

    public bool UniqueItems { get; init; }

    public bool Check(ref SchemaRun run)
    {
        var start = run.Cursor.Here;
        if (!run.Cursor.Enter())
            return false;

        var isValid = true;
        var isFirst = true;
        var count = 0;
        while (run.Cursor.NextItem(ref isFirst))
        {
            isValid &= CheckItem(count++, ref run);
            if (!isValid && run.Stops)
                return false;
        }

        if (run.Cursor.Failed)
            return false;

        isValid &= CheckCount(count, ref run);
        if (UniqueItems && count > 1 && (isValid || !run.Stops))
        {
            run.ReadAgain(start);
            isValid &= UniqueItemsRule.Check(ref run);
        }

        return isValid;
    }

    private bool CheckItem(int index, ref SchemaRun run)
    {
        var schema = index < Positional.Length ? Positional[index] : Others;
        var path = run.Report?.Enter(index) ?? 0;
        var isAllowed = AllowsOthers || index < Positional.Length
            || run.Violates("additionalItems", "is an item more than the schema allows", index.ToString(CultureInfo.InvariantCulture));
        var isValid = isAllowed || !run.Stops
            ? (schema is null ? run.Cursor.Skip() : schema.Check(ref run)) && isAllowed
            : isAllowed;
        run.Report?.Leave(path);
        return isValid;
    }

    private bool CheckCount(int count, ref SchemaRun run)
    {
        if (count < MinItems)
            return run.Violates("minItems", $"must have at least {Text(MinItems)} items but has {Text(count)}", Text(MinItems));
        return count <= MaxItems
            || run.Violates("maxItems", $"must have at most {Text(MaxItems)} items but has {Text(count)}", Text(MaxItems));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
