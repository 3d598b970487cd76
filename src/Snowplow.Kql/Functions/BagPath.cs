using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Properties of bags by name, or by a path that begins with <c>$.</c>.</summary>
internal static class BagPath
{
    /// <summary>Whether there is a property.</summary>
    public static bool Has(Bag bag, string path)
    {
        var names = Names(path);
        object? value = bag;
        foreach (var name in names)
        {
            if (value is not Bag inner || !inner.TryGetValue(name, out value)) return false;
        }

        return true;
    }

    /// <summary>The bag without a property.</summary>
    public static Bag Without(Bag bag, string path) => Without(bag, Names(path));

    /// <summary>The bag with a property set.</summary>
    public static Bag With(Bag bag, string path, object? value) => With(bag, Names(path), value);

    private static string[] Names(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..].Split('.') : [path];

    private static Bag Copy(Bag bag)
    {
        var copy = new Bag();
        foreach (var (name, value) in bag) copy.Add(name, value);
        return copy;
    }

    private static Bag Without(Bag bag, ReadOnlySpan<string> names)
    {
        var copy = Copy(bag);
        if (names.Length == 1) copy.Remove(names[0]);
        else if (copy.TryGetValue(names[0], out var inner) && inner is Bag nested) copy[names[0]] = Without(nested, names[1..]);
        return copy;
    }

    private static Bag With(Bag bag, ReadOnlySpan<string> names, object? value)
    {
        var copy = Copy(bag);
        copy[names[0]] = names.Length == 1 ? value : With(copy.TryGetValue(names[0], out var inner) && inner is Bag nested ? nested : [], names[1..], value);
        return copy;
    }
}
