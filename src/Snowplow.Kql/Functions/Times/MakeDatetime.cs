using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>make_datetime</c>: the time of numbers, or of a value; null where there is no such time.</summary>
internal static class MakeDatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("make_datetime", 1, "The time of numbers, or of a value as todatetime has it; null where there is no such time.")
        .NamedBy(NameRule.OnlyArgument)
        .Row(KqlType.DateTime, [null], row => DynamicValue.To(KqlType.DateTime, row[0]))
        .Try(DateTime? (long year, long month, long day) => TimeMath.Make(year, month, day, 0, 0, 0))
        .Row(KqlType.DateTime, [KqlType.Long, KqlType.Long, KqlType.Long, KqlType.Long], row => Make([.. row, 0L]))
        .Row(KqlType.DateTime, [KqlType.Long, KqlType.Long, KqlType.Long, KqlType.Long, KqlType.Long], row => Make(row))
        .Row(KqlType.DateTime, [KqlType.Long, KqlType.Long, KqlType.Long, KqlType.Long, KqlType.Long, KqlType.Real], row => Make(row));

    private static DateTime? Make(object?[] row) => row.Contains(null) ? null : TimeMath.Make((long)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!, (long)row[4]!, row.Length > 5 ? (double)row[5]! : 0);
}
