using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rows;

namespace Snowplow.Model.EventRows;

/// <summary>Writes what <see cref="WebVitalColumns"/> has of its own.</summary>
internal static class WebVitalRow
{
    public static void Write(Utf8JsonWriter row, Entity vitals)
    {
        var lcp = RoundUp(vitals.Number("lcp"u8) / 1000);
        var (fid, cls) = (RoundUp(vitals.Number("fid"u8)), RoundUp(vitals.Number("cls"u8)));
        var (inp, ttfb) = (RoundUp(vitals.Number("inp"u8)), RoundUp(vitals.Number("ttfb"u8)));
        Number(row, "lcp"u8, lcp);
        Number(row, "fcp"u8, RoundUp(vitals.Number("fcp"u8)));
        Number(row, "fid"u8, fid);
        Number(row, "cls"u8, cls);
        Number(row, "inp"u8, inp);
        Number(row, "ttfb"u8, ttfb);
        row.Text("navigation_type"u8, vitals.Utf8("navigationType"u8));
        row.Text("lcp_result"u8, Result(lcp, 2.5, 4));
        row.Text("fid_result"u8, Result(fid, 100, 300));
        row.Text("cls_result"u8, Result(cls, 0.1, 0.25));
        row.Text("ttfb_result"u8, Result(ttfb, 800, 1800));
        row.Text("inp_result"u8, Result(inp, 200, 500));
    }

    private static void Number(Utf8JsonWriter row, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number) row.WriteNumber(name, number);
    }

    private static double? RoundUp(double? value) => value is { } number && double.IsFinite(number * 1000) ? Math.Ceiling(number * 1000) / 1000 : null;

    private static ReadOnlySpan<byte> Result(double? value, double good, double poor) =>
        value is null ? "not measurable"u8 : value <= good ? "good"u8 : value <= poor ? "needs improvement"u8 : "poor"u8;
}
