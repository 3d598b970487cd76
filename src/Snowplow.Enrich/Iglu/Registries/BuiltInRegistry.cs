using System.Reflection;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>The schemas embedded in this assembly: what the official web and Node trackers send by default.</summary>
internal sealed class BuiltInRegistry() : IgluRegistry(new RegistryOptions { Name = "Built-in" })
{
    private const string ResourcePrefix = "iglu:";

    /// <summary>Keys of all schemas embedded.</summary>
    public static IEnumerable<SchemaKey> Keys =>
        Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(SchemaKey.Parse);

    private static Assembly Assembly => typeof(BuiltInRegistry).Assembly;

    /// <inheritdoc/>
    public override ValueTask<RegistryAnswer> FetchAsync(SchemaKey key, CancellationToken cancellation)
    {
        using var resource = Assembly.GetManifestResourceStream(key.ToUri());
        if (resource is null)
            return new(RegistryAnswer.NotFound);

        var document = new byte[resource.Length];
        resource.ReadExactly(document);
        return new(RegistryAnswer.Of(document));
    }
}
