using Snowplow.Model.Rules;

namespace Snowplow.Silo.Serve;

/// <summary>How users, sessions and views are modelled. Configuration section <c>Model</c>.</summary>
internal sealed record ModelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Model";

    /// <summary>The file of the model rules (<c>docs/model-rules.md</c>), or null for the built-in ones.</summary>
    public string? Rules { get; init; }

    /// <summary>All that is wrong, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Rules is null) return [];
        try
        {
            ReadRules();
            return [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [$"{Section}:Rules: {Rules}: cannot be read. ({unreadable.Message})"];
        }
        catch (ModelRulesException wrong)
        {
            return wrong.Errors.Select(error => $"{Section}:Rules: {Rules}: {error}");
        }
    }

    /// <summary>Reads the rules, and what the file holds; nothing for the built-in ones.</summary>
    /// <exception cref="ModelRulesException">They are wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public (ModelRules Rules, byte[] File) ReadRules()
    {
        if (Rules is null) return (ModelRules.Default, []);
        var file = File.ReadAllBytes(Rules);
        return (ModelRules.Parse(file), file);
    }
}
