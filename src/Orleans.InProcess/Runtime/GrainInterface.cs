namespace Orleans.Runtime;

/// <summary>A grain interface: its proxy, and the classes that implement it.</summary>
internal sealed class GrainInterface(Type type, Func<GrainReferenceBinding, object> proxy)
{
    public Func<GrainReferenceBinding, object> Proxy { get; } = proxy;

    public List<GrainClass> Classes { get; } = [];

    /// <summary>The one class that implements it or, of several, the one whose full name starts with the prefix.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public GrainClass Class(string? namePrefix)
    {
        if (namePrefix is null && Classes.Count == 1) return Classes[0];
        var matches = namePrefix is null
            ? Classes
            : Classes.FindAll(c => c.Type.FullName!.StartsWith(namePrefix, StringComparison.Ordinal));
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw new ArgumentException($"No grain class implements {type}{Named(namePrefix)}."),
            _ => throw new ArgumentException(
                $"Several grain classes implement {type}{Named(namePrefix)}: {string.Join(", ", matches.Select(c => c.Type.FullName))}."),
        };
    }

    private static string Named(string? prefix) => prefix is null ? "" : $" and has a name that starts with \"{prefix}\"";
}
