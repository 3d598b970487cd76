namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// One schema, compiled: what it asks of a value of each type. Immutable once the compiler has finished with it.
/// </summary>
internal sealed class SchemaNode
{
    /// <summary>Types that the value may have.</summary>
    public JsonTypes Types { get; set; } = JsonTypes.Any;

    /// <summary>The schema that a <c>$ref</c> stands for; all else is then empty.</summary>
    public SchemaNode? Reference { get; set; }

    /// <summary>Rules that look at the whole value again before its type's rules do.</summary>
    public WholeValueRules? WholeValue { get; set; }

    public NumberRules? Number { get; set; }

    public StringRules? String { get; set; }

    public ArrayRules? Array { get; set; }

    public ObjectRules? Object { get; set; }

    /// <summary>
    /// Reads one value and checks it. When it returns and the run goes on, the cursor is behind the value; when it returns false
    /// and the run stops, the cursor is anywhere.
    /// </summary>
    public bool Check(ref SchemaRun run)
    {
        if (Reference is not null)
            return Reference.Check(ref run);

        var isValid = true;
        if (WholeValue is not null && !WholeValue.Check(ref run))
        {
            isValid = false;
            if (run.Stops)
                return false;
        }

        return CheckTyped(ref run) && isValid;
    }

    private bool CheckTyped(ref SchemaRun run)
    {
        var type = run.Cursor.Peek();
        if (type == JsonTypes.Number)
            return CheckNumber(ref run);

        if ((type & Types) == 0)
            return type != JsonTypes.None && RefuseType(ref run, type);

        return type switch
        {
            JsonTypes.String => String is null ? run.Cursor.ReadString(out _, out _) : String.Check(ref run),
            JsonTypes.Object => Object is null ? run.Cursor.Skip() : Object.Check(ref run),
            JsonTypes.Array => Array is null ? run.Cursor.Skip() : Array.Check(ref run),
            _ => run.Cursor.ReadLiteral(),
        };
    }

    private bool CheckNumber(ref SchemaRun run)
    {
        if (!run.Cursor.ReadNumber(out var text, out var isInteger))
            return false;

        var type = isInteger ? JsonTypes.Integer : JsonTypes.Number;
        if ((type & Types) == 0)
            return RefuseType(ref run, type);
        return Number is null || Number.Check(text, isInteger, ref run);
    }

    private bool RefuseType(ref SchemaRun run, JsonTypes found)
    {
        if (run.Report is null)
            return false;

        var name = TypeNames.Of(found)[0];
        var expected = TypeNames.Of(Types);
        run.Violates("type", $"{name} found, {string.Join(" or ", expected)} expected", [name, .. expected]);
        var isNumber = (found & (JsonTypes.Number | JsonTypes.Integer)) != 0;
        if (!isNumber && !run.Stops)
            run.Cursor.Skip();
        return false;
    }
}
