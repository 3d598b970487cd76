using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Functions;

/// <summary><c>parse_user_agent</c>: what the program around the engine reads in a user agent (<see cref="QueryOptions.ReadUserAgent"/>).</summary>
internal static class UserAgentParts
{
    /// <summary>The bags that can be asked for.</summary>
    private static readonly Dictionary<string, string> Bags = new(StringComparer.OrdinalIgnoreCase) { ["browser"] = "Browser", ["os"] = "OperatingSystem", ["device"] = "Device" };

    /// <summary>The call; an error where nobody reads user agents, or where other parts are wanted than there are.</summary>
    public static BoundExpression Bind(Binder binder, BoundExpression agent, BoundExpression wanted, CallSyntax call)
    {
        var read = binder.Context.Options.ReadUserAgent
            ?? throw BindFailure.NotSupported("the function 'parse_user_agent', as this program has no rules to read user agents by", call.Span);
        if (agent.Type is not (KqlType.String or KqlType.Dynamic) || wanted is not ConstantExpression { Value: string or object?[] } constant || !AreKnown(constant.Value))
            throw BindFailure.Semantic("SEM0219", "parse_user_agent() takes a text and 'browser', 'os', 'device' or an array of them", call.Span);
        var names = Texts(constant.Value).Select(name => Bags[name]).ToList();
        return new CallExpression("parse_user_agent", KqlType.Dynamic, Kernels.Of((string text) => Parts(read(text), names)), [Conversions.To(agent, KqlType.String)]);
    }

    private static bool AreKnown(object? wanted) => Texts(wanted).ToList() is { Count: > 0 } texts && texts.TrueForAll(Bags.ContainsKey);

    private static IEnumerable<string> Texts(object? wanted) => (wanted as object?[] ?? [wanted]).Select(DynamicValue.Text);

    private static object? Parts(Bag all, List<string> names)
    {
        var parts = new Bag();
        foreach (var name in names) parts[name] = all[name];
        return parts;
    }
}
