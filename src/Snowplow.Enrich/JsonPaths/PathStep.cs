using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Snowplow.Events;

namespace Snowplow.Enrich.JsonPaths;

/// <summary>One step of a <see cref="JsonPath"/>.</summary>
internal abstract record PathStep
{
    /// <summary>The values that the step leads to.</summary>
    public abstract IEnumerable<JsonElement> From(JsonElement at);

    /// <summary>The members and items of a value, none of a scalar.</summary>
    protected static IEnumerable<JsonElement> Children(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Object => at.EnumerateObject().Select(member => member.Value),
        JsonValueKind.Array => at.EnumerateArray(),
        _ => [],
    };
}

/// <summary>A member by its name; each one of that name, where an object has it more than once.</summary>
internal sealed record NameStep(string Name) : PathStep
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Name);

    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at) => at.ValueKind == JsonValueKind.Object
        ? at.EnumerateObject().Where(IsNamed).Select(member => member.Value)
        : [];

    // NameEquals would throw on a lone surrogate, which trackers send.
    private bool IsNamed(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (!raw.Contains((byte)'\\')) return raw.SequenceEqual(_utf8);
        var name = new byte[raw.Length];
        return name.AsSpan(0, JsonText.Unescape(raw, name)).SequenceEqual(_utf8);
    }
}

/// <summary>An item by its place; a negative one counts from the end.</summary>
internal sealed record IndexStep(int Index) : PathStep
{
    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at)
    {
        if (at.ValueKind != JsonValueKind.Array) yield break;
        var index = Index < 0 ? Index + at.GetArrayLength() : Index;
        if (index >= 0 && index < at.GetArrayLength()) yield return at[index];
    }
}

/// <summary>Items from one place up to, but without, another: <c>[1:3]</c>. Negative ones count from the end.</summary>
internal sealed record SliceStep(int? Start, int? End, int Stride) : PathStep
{
    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at)
    {
        if (at.ValueKind != JsonValueKind.Array) yield break;
        var length = at.GetArrayLength();
        var end = Place(End ?? length, length);
        for (var i = Place(Start ?? 0, length); i < end; i += Stride) yield return at[i];
    }

    private static int Place(int index, int length) => Math.Clamp(index < 0 ? index + length : index, 0, length);
}

/// <summary>All members or items.</summary>
internal sealed record AnyStep : PathStep
{
    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at) => Children(at);
}

/// <summary>What any of several steps leads to.</summary>
internal sealed record UnionStep(IReadOnlyList<PathStep> Steps) : PathStep
{
    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at) => Steps.SelectMany(step => step.From(at));
}

/// <summary>A step from the value and from everything within it.</summary>
internal sealed record DescendStep(PathStep Step) : PathStep
{
    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at) => Step.From(at).Concat(Children(at).SelectMany(From));
}

/// <summary>Items, or members of an object, that satisfy a condition; the object itself where it does.</summary>
internal sealed record FilterStep(PathCondition Condition) : PathStep
{
    /// <inheritdoc/>
    public override IEnumerable<JsonElement> From(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Array => at.EnumerateArray().Where(Condition.Holds),
        JsonValueKind.Object => Condition.Holds(at) ? [at] : [],
        _ => [],
    };
}
