using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Snowplow.Grains.Interventions;
using Snowplow.Model.Rules;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Interventions;

/// <summary>Who is told of interventions. Configuration section <c>Interventions</c>.</summary>
internal sealed partial record InterventionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Interventions";

    /// <summary>The webhooks, by names of your own.</summary>
    public Dictionary<string, WebhookOptions> Webhooks { get; init; } = [];

    /// <summary>The webhooks as the pipeline takes them.</summary>
    public ImmutableArray<WebhookRoute> Routes() => [.. Webhooks.Select(webhook => new WebhookRoute(webhook.Key, [.. webhook.Value.Interventions]))];

    /// <summary>All that is wrong, one message each.</summary>
    public IEnumerable<string> Validate() => Webhooks.SelectMany(webhook => NameErrors(webhook.Key).Concat(webhook.Value.Validate($"{Section}:Webhooks:{webhook.Key}")));

    /// <summary>The interventions that webhooks name and the model rules do not have.</summary>
    public IEnumerable<string> ErrorsWith(ModelOptions model)
    {
        if (Webhooks.Values.All(webhook => webhook.Interventions.Count == 0)) return [];
        string[] known;
        try
        {
            known = [.. model.ReadRules().Rules.Profiles.Interventions.Select(rule => rule.Name)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or ModelRulesException)
        {
            // The model's own section says so.
            return [];
        }

        var names = known.Length == 0 ? "there are none; write interventions there" : $"there are {string.Join(", ", known)}";
        return from webhook in Webhooks
               from name in webhook.Value.Interventions
               where !known.Contains(name)
               select $"{Section}:Webhooks:{webhook.Key}:Interventions names no intervention of the model rules: '{name}'; {names}.";
    }

    private static IEnumerable<string> NameErrors(string name) => Name().IsMatch(name)
        ? []
        : [$"{Section}:Webhooks:{name} has no name for a file: write at most 60 letters, digits, _ and -."];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,60}\z")]
    private static partial Regex Name();
}
