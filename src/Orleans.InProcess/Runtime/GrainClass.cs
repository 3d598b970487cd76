using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A grain class: its name, its constructor and what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly GrainConstructor _constructor;

    public GrainClass(Type type, GrainCollectionOptions collection, ServiceLifetimes lifetimes)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? NameOf(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        var limit = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        IsKeptAlive = type.IsDefined(typeof(KeepAliveAttribute)) || limit is { AlwaysActive: true };
        CollectionAge = IsKeptAlive ? TimeSpan.MaxValue
            : collection.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age) ? age
            : limit?.AgeLimit ?? collection.CollectionAge;
        _constructor = new GrainConstructor(type, lifetimes);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>Whether its activations are never collected.</summary>
    public bool IsKeptAlive { get; }

    public TimeSpan CollectionAge { get; }

    public object Build(Activation activation) => _constructor.Invoke(activation);

    // As Orleans names classes without a GrainTypeAttribute.
    private static string NameOf(Type type)
    {
        const string Suffix = "Grain";
        var name = type.Name;
        if (name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length) name = name[..^Suffix.Length];
        return name.ToLowerInvariant();
    }
}
