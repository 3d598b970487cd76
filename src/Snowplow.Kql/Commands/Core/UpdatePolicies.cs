using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Core;

/// <summary>Update policies, by which Data Explorer makes rows of one table of those that come into another.</summary>
internal static class UpdatePolicies
{
    /// <summary>A table whose policy takes the rows of a source, and is enabled; null for none.</summary>
    public static string? Of(Catalog catalog, string source) =>
        catalog.Policies.Where(policy => policy.Key.Policy == "update" && Takes(policy.Value, source)).Select(policy => policy.Key.Entity).FirstOrDefault();

    private static bool Takes(string policy, string source) =>
        DynamicJson.TryParse(Encoding.UTF8.GetBytes(policy), out var value) && value is object?[] items
        && items.OfType<Bag>().Any(item => item.GetValueOrDefault("Source") as string == source && item.GetValueOrDefault("IsEnabled") is not false);
}
