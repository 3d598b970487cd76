using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Tests.Functions;

/// <summary>What a column is called that a call without a name makes; dashboards break on these before they break on values.</summary>
public sealed class NameRuleTests
{
    private static readonly Dictionary<NameRule, string> Rules = new()
    {
        [NameRule.FirstArgument] =
            "abs acos asin atan atan2 bin bin_at binary_and binary_not binary_or binary_shift_left binary_shift_right binary_xor bitset_count_ones ceiling cos "
            + "endofday endofmonth endofweek endofyear erf erfc exp exp10 exp2 format_bytes format_datetime format_timespan gamma log log10 log2 loggamma parse_csv parse_json parse_xml pow rand round "
            + "series_fill_backward series_fill_const series_fill_forward series_fill_linear series_fir series_iir series_outliers sin split sqrt startofday startofmonth startofweek startofyear tan "
            + "tobool todatetime todecimal toguid tohex toint tolong toreal tostring totimespan",
        [NameRule.OnlyArgument] =
            "make_datetime make_timespan",
        [NameRule.NameAndFirstArgument] =
            "dcount_hll percentile_tdigest string_size strlen",
        [NameRule.PrefixAndFirstArgument] =
            "gettype percentiles_array_tdigest repeat treepath",
        [NameRule.Prefix] =
            "hll_merge tdigest_merge",
    };

    [Fact]
    public void Functions_NameTheirColumnsByTheirRule_AllOthersByNumber()
    {
        var expected = Rules.SelectMany(rule => rule.Value.Split(' ').Select(name => (name, rule.Key))).ToDictionary(pair => pair.name, pair => pair.Key);

        var own = FunctionTable.Folders.SelectMany(folder => folder.Functions).Where(function => function.NameRule != NameRule.None).ToDictionary(function => function.Name, function => function.NameRule);

        own.Keys.Except(expected.Keys).ShouldBeEmpty();
        foreach (var (name, rule) in expected) own.GetValueOrDefault(name).ShouldBe(rule, name);
    }
}
