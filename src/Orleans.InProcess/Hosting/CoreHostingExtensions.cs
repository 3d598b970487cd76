namespace Orleans.Hosting;

/// <summary>What clusters need and one process does not.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Without effect: one process is its own cluster.</summary>
    public static ISiloBuilder UseLocalhostClustering(this ISiloBuilder builder) => builder;
}
