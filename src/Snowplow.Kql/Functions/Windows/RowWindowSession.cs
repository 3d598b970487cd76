using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>row_window_session</c>: the start of the session that the row's time is in: a new one after so long from its start or from the row before.</summary>
internal static class RowWindowSession
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("row_window_session", 1, "The start of the session that the row's time is in: a new one after so long from its start or from the row before.")
        .With(FunctionTraits.Window)
        .Vector(KqlType.DateTime, [KqlType.DateTime, KqlType.TimeSpan, KqlType.TimeSpan], (arguments, rows, _) => Starts(arguments, rows))
        .Vector(KqlType.DateTime, [KqlType.DateTime, KqlType.TimeSpan, KqlType.TimeSpan, KqlType.Bool], (arguments, rows, _) => Starts(arguments, rows));

    private static ValueColumn<long> Starts(Column[] arguments, int rows)
    {
        var times = (ValueColumn<long>)arguments[0];
        var mostFromStart = (ValueColumn<long>)arguments[1];
        var mostBetween = (ValueColumn<long>)arguments[2];
        var restarts = arguments.Length > 3 ? (ValueColumn<bool>)arguments[3] : null;
        var starts = new long[rows];
        Bitmap? valid = null;
        long? start = null;
        for (var i = 0; i < rows; i++)
        {
            if (times.IsNull(i))
            {
                (valid ??= new Bitmap(rows, true))[i] = false;
                start = null;
                continue;
            }

            var restarted = restarts is not null && !restarts.IsNull(i) && restarts[i];
            if (start is null || restarted || times[i] - start >= mostFromStart[i] || times[i] - times[i - 1] >= mostBetween[i]) start = times[i];
            starts[i] = start.Value;
        }

        return new ValueColumn<long>(KqlType.DateTime, starts, valid);
    }
}
