using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary>The functions of this folder.</summary>
internal static class TimesFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Now.Function, Ago.Function, Bin.Function, BinAt.Function, Startofday.Function, Startofweek.Function,
        Startofmonth.Function, Startofyear.Function, Endofday.Function, Endofweek.Function, Endofmonth.Function,
        Endofyear.Function, Dayofweek.Function, Dayofmonth.Function, Dayofyear.Function, Monthofyear.Function, Getyear.Function,
        Hourofday.Function, WeekOfYear.Function, DatetimeAdd.Function, DatetimeDiff.Function, DatetimePart.Function,
        MakeDatetime.Function, MakeTimespan.Function, UnixtimeSecondsTodatetime.Function,
        UnixtimeMillisecondsTodatetime.Function, UnixtimeMicrosecondsTodatetime.Function,
        UnixtimeNanosecondsTodatetime.Function, DatetimeUtcToLocal.Function, DatetimeLocalToUtc.Function,
        DatetimeListTimezones.Function,
    ];
}
