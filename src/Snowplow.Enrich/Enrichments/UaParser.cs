using System.Text;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.UserAgents;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Adds <c>ua_parser_context</c>: browser, operating system and device, read from <c>useragent</c> by the rules of uap-core.
/// </summary>
internal sealed class UaParser(Asset<UserAgentRules> rules) : IEnrichment
{
    private static readonly byte[] Schema = Encoding.UTF8.GetBytes(UserAgentContext.Schema);

    // uap-core's rules as they were when this program was built. They never change, so they are loaded once; null in a build that
    // left them out.
    private static readonly Lazy<Asset<UserAgentRules>?> BuiltIn = new(() => HasBuiltInRules ? new(UserAgentRules.Load(BuiltInFile)) : null);

    private UserAgentRules _rules = rules.Current;
    private RecentContexts _contexts = new(rules.Current);

    /// <summary>Whether there are built-in rules, which takes no loading of them.</summary>
    public static bool HasBuiltInRules => File.Exists(BuiltInFile);

    /// <summary>The built-in rules; null in a build that left them out.</summary>
    public static Asset<UserAgentRules>? BuiltInRules => BuiltIn.Value;

    /// <summary>Reads <c>ua_parser_config</c>: the file of rules is <c>uri</c>/<c>database</c>, or the built-in one.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var hasUri = config.Parameters.TryGetProperty("uri", out var uri);
        var hasDatabase = config.Parameters.TryGetProperty("database", out var database);
        if (hasUri != hasDatabase)
        {
            config.Refuse(hasUri ? "database" : "uri", "is missing: a file of rules of your own is uri/database, so give both or neither");
            return null;
        }

        if (!hasUri)
        {
            if (BuiltIn.Value is null) config.Refuse("uri", "is missing, and this build has no rules of its own (FetchAssets=false)");
            return Default();
        }

        try
        {
            var location = AssetStore.Location(uri.GetString()!, database.GetString()!);
            var rules = environment.Assets.Load(location, Path.GetDirectoryName(config.File)!, UserAgentRules.Load);
            return () => new UaParser(rules);
        }
        catch (AssetException e)
        {
            config.Refuse("database", e.Message);
            return null;
        }
    }

    /// <summary>The built-in rules; off in a build that left them out.</summary>
    public static Func<IEnrichmentStep>? Default() => BuiltIn.Value is { } rules ? () => new UaParser(rules) : null;

    private static string BuiltInFile => Path.Combine(AppContext.BaseDirectory, "assets", "regexes.yaml");

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var userAgent = e.Fields[EventField.Useragent];
        if (userAgent.IsEmpty) return;
        if (_rules != rules.Current)
        {
            _rules = rules.Current;
            _contexts = new RecentContexts(_rules);
        }

        e.DerivedContexts.Add(Schema, _contexts.Find(userAgent));
    }
}
