using System.Collections.Frozen;
using Snowplow.Enrich.Payloads;

namespace Snowplow.Enrich.Adapters;

/// <summary>All adapters by path. A new webhook is one file and one line here.</summary>
internal static class AdapterRegistry
{
    private static readonly FrozenDictionary<ApiPath, IAdapter> ByPath = new IAdapter[]
    {
        new Tp1Adapter(),
        new Tp2Adapter(),
    }.ToFrozenDictionary(adapter => new ApiPath(adapter.Vendor, adapter.Version));

    /// <summary>The adapter of a path, or null where there is none.</summary>
    public static IAdapter? Find(ApiPath path) => ByPath.GetValueOrDefault(path);
}
