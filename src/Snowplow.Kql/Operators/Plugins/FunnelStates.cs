using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution.Grouping;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>The states of a funnel's sequence.</summary>
internal static class FunnelStates
{
    /// <summary>The values of the argument, an array.</summary>
    public static object?[] Names(PluginCall call, int place) => call.Value(place, KqlType.Dynamic) is object?[] { Length: > 0 } names
        ? names
        : throw BindFailure.Semantic("SEM0219", $"The sequence of {call.Syntax.Plugin.Name} must be an array of states", call.Span);

    /// <summary>The numbers of the states; -1 for those that no event has.</summary>
    public static int[] Codes(object?[] names, ColumnSymbol state, KeyCoder states)
    {
        var codes = new int[names.Length];
        states.Code(Columns.Of(state.Type, [.. names.Select(name => DynamicValue.To(state.Type, name))]), codes, false);
        return codes;
    }
}
