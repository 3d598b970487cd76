namespace Snowplow.Silo.Serve;

/// <summary>What one process of the platform does.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Takes events from trackers and stores them.</summary>
    Collector = 1,

    /// <summary>Enriches, models and lands what was stored.</summary>
    Pipeline = 2,

    /// <summary>Answers questions: pages, live interface, queries.</summary>
    Query = 4,

    /// <summary>Everything.</summary>
    All = Collector | Pipeline | Query,
}

/// <summary>Reads roles as they are written in options and configuration.</summary>
internal static class RoleNames
{
    /// <summary>The roles of a list such as <c>collector,query</c>; all of them for an empty one.</summary>
    /// <exception cref="StartupException">A name is unknown.</exception>
    public static Roles Parse(string names)
    {
        var roles = default(Roles);
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= name switch
            {
                "collector" => Roles.Collector,
                "pipeline" => Roles.Pipeline,
                "query" => Roles.Query,
                _ => throw new StartupException($"'{name}' is no role. Roles are collector, pipeline and query, separated by commas."),
            };
        }

        return roles == default ? Roles.All : roles;
    }
}
