using System.Diagnostics.CodeAnalysis;

namespace Orleans.Providers;

/// <summary>Well-known provider names.</summary>
public static class ProviderConstants
{
    /// <summary>The grain storage for states that name none.</summary>
    [SuppressMessage("Naming", "CA1707", Justification = "The name is that of the Orleans API.")]
    public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
}
