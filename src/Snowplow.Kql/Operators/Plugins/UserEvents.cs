using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution.Grouping;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>An event of a user: its time, and small numbers for the user and for a column of its state.</summary>
internal readonly record struct UserEvent(long Time, int User, int State);

/// <summary>The events that share the values of the dimensions, in order of time; those of one time in the order of rows.</summary>
internal sealed record UserSlice(object?[] Dimensions, IReadOnlyList<UserEvent> Events)
{
    /// <summary>The users of each window.</summary>
    public HashSet<int>[] UsersBy(Timeline timeline)
    {
        var users = new HashSet<int>[timeline.Starts.Length];
        for (var k = 0; k < users.Length; k++) users[k] = [];
        foreach (var (time, user, _) in Events)
            if (timeline.WindowOf(time) is var k and >= 0) users[k].Add(user);
        return users;
    }
}

/// <summary>The rows of a call that have an id and a time, by their dimensions, in the order in which those first appear.</summary>
internal sealed record UserEvents(IReadOnlyList<UserSlice> Slices, KeyCoder Users, KeyCoder States)
{
    /// <summary>Reads the rows whose time is within [from, to).</summary>
    public static UserEvents Read(PluginCall call, ColumnSymbol id, ColumnSymbol time, long from, long to, IReadOnlyList<ColumnSymbol>? dimensions = null, ColumnSymbol? state = null)
    {
        var kept = dimensions ?? [];
        var rows = call.Binder.Run(call.Input.Prune(new HashSet<ColumnSymbol>([id, time, .. kept, .. state is null ? Array.Empty<ColumnSymbol>() : [state]])));
        if (rows[time] is not ValueColumn<long> times) throw BindFailure.Semantic("SEM0219", $"The timeline of {call.Syntax.Plugin.Name} must be a datetime, timespan or long", call.Span);
        call.Binder.Context.Reserve(rows.RowCount * 40L);
        var (users, userCodes) = Coded(rows, id);
        var (states, stateCodes) = Coded(rows, state ?? id);
        var groups = new OrderedDictionary<string, (object?[] Values, List<UserEvent> Events)>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (times.IsNull(row) || rows[id].IsNull(row) || times[row] < from || times[row] >= to) continue;
            object?[] values = [.. kept.Select(dimension => rows[dimension].Box(row))];
            var key = values.Length == 0 ? "" : DynamicJson.Text(Array.ConvertAll(values, DynamicValue.Of));
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = (values, []));
            group.Events.Add(new UserEvent(times[row], userCodes[row], stateCodes[row]));
        }

        return new UserEvents([.. groups.Values.Select(group => new UserSlice(group.Values, [.. group.Events.OrderBy(item => item.Time)]))], users, states);
    }

    private static (KeyCoder Coder, int[] Codes) Coded(Batch rows, ColumnSymbol column)
    {
        var coder = KeyCoder.Of(column.Type);
        var codes = new int[rows.RowCount];
        if (codes.Length > 0) coder.Code(rows[column], codes, true);
        return (coder, codes);
    }
}
