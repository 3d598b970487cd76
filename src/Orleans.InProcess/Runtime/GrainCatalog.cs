using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>All grain interfaces and classes, from the generated manifests of the assemblies in the process.</summary>
internal sealed class GrainCatalog : IGrainManifestVisitor
{
    private readonly Dictionary<Type, GrainInterface> _interfaces = [];
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly List<GrainClass> _inOrder = [];
    private readonly GrainCollectionOptions _collection;
    private readonly ServiceLifetimes _lifetimes;

    public GrainCatalog(IOptions<GrainCollectionOptions> collection, ServiceLifetimes lifetimes)
    {
        _collection = collection.Value;
        _lifetimes = lifetimes;
        foreach (var manifest in Manifests()) manifest.Describe(this);
        foreach (var grainClass in _inOrder)
        {
            foreach (var type in grainClass.Type.GetInterfaces())
                if (_interfaces.TryGetValue(type, out var known)) known.Classes.Add(grainClass);
        }
    }

    /// <exception cref="ArgumentException">It is no grain interface, or the project that defines it does not run the generator.</exception>
    public GrainInterface Interface(Type type) =>
        _interfaces.TryGetValue(type, out var known)
            ? known
            : throw new ArgumentException(
                $"{type} has no generated proxy. Grain interfaces extend IGrain, and their project runs Orleans.InProcess.Generator.");

    /// <exception cref="ArgumentException">No grain class has that name.</exception>
    public GrainClass Class(GrainType type) =>
        _classes.TryGetValue(type, out var known) ? known : throw new ArgumentException($"No grain class is named \"{type}\".");

    void IGrainManifestVisitor.VisitInterface<TInterface>(Func<GrainReferenceBinding, TInterface> proxy) =>
        _interfaces.TryAdd(typeof(TInterface), new GrainInterface(typeof(TInterface), proxy));

    void IGrainManifestVisitor.VisitClass<TGrain>()
    {
        var grainClass = new GrainClass(typeof(TGrain), _collection, _lifetimes);
        if (!_classes.TryAdd(grainClass.GrainType, grainClass))
        {
            throw new InvalidOperationException(
                $"Grain classes {_classes[grainClass.GrainType].Type} and {typeof(TGrain)} are both named \"{grainClass.GrainType}\". "
                + "Give one of them a [GrainType].");
        }

        _inOrder.Add(grainClass);
    }

    private static IEnumerable<GrainManifest> Manifests() =>
        Assemblies()
            .Select(assembly => assembly.GetCustomAttribute<GrainManifestAttribute>())
            .OfType<GrainManifestAttribute>()
            .Select(attribute => (GrainManifest)Activator.CreateInstance(attribute.Manifest, nonPublic: true)!);

    // Loaded assemblies and those they reference, by name: an assembly may hold grains although nothing has touched it yet.
    private static List<Assembly> Assemblies()
    {
        var engine = typeof(GrainManifest).Assembly.GetName().Name;
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (open.TryPop(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (!references.Any(name => name.Name == engine) || !found.TryAdd(assembly.GetName().Name!, assembly)) continue;
            foreach (var reference in references.Where(name => !IsFramework(name.Name!))) TryPush(open, reference);
        }

        return [.. found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
    }

    private static void TryPush(Stack<Assembly> open, AssemblyName name)
    {
        try
        {
            open.Push(Assembly.Load(name));
        }
        catch (IOException)
        {
            // A reference that was not shipped, such as one of build tools, has no grains that could be called.
        }
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal);
}
