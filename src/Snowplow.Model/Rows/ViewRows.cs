using System.Text.Json;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Views;

namespace Snowplow.Model.Rows;

/// <summary>Writes the rows of views, by the rules of <see cref="ViewColumns"/>.</summary>
internal static class ViewRows
{
    public static void Write(this RowLines lines, View view, Session session, SessionState state, ModelRules rules)
    {
        var (own, place, pings) = (view.Own!.Value, view.Written!.Value, session.Pings.CountOf(view.Hash));
        var endMs = Math.Max(own.Order.DerivedMs, view.EndMs);
        lines.Begin();
        var row = lines.Row;
        row.WriteString("view_id"u8, view.Id);
        row.WriteString("session_key"u8, state.Key);
        row.WriteString("session_identifier"u8, session.WrittenId);
        row.Text("user_key"u8, session.Owner!.UserKey);
        row.Text("user_identifier"u8, session.Owner.UserKey is { } userKey ? UserKey.Identifier(userKey) : null);
        row.Number("device_session_index"u8, own.DeviceSessionIndex);
        row.WriteNumber("view_in_session_index"u8, place.Index);
        row.WriteNumber("views_in_session"u8, place.Count);
        row.Time("derived_tstamp"u8, own.Order.DerivedMs);
        row.Time("dvce_created_tstamp"u8, own.Order.CreatedMs == long.MinValue ? null : own.Order.CreatedMs);
        row.Time("collector_tstamp"u8, own.CollectorMs);
        row.Time("start_tstamp"u8, own.Order.DerivedMs);
        row.Time("end_tstamp"u8, endMs);
        row.WriteNumber(
            "engaged_time_in_s"u8,
            view.Screen is { } screen ? (long)screen.ForegroundSec : pings == 0 ? 0 : rules.Sessions.EngagedSeconds(pings, 1));
        row.WriteNumber(
            "absolute_time_in_s"u8,
            view.Screen is { } shown ? (long)(shown.ForegroundSec + shown.BackgroundSec) : (endMs - own.Order.DerivedMs) / 1000);
        WriteScroll(row, view);
        row.Page(own.Page);
        row.Device(own.Device);
        row.Texts("inexact_columns"u8, Inexact(view, place));
        row.WriteNumber("model_version"u8, state.RulesVersion);
        row.WriteNumber("model_generation"u8, rules.Generation);
        row.WriteNumber("revision"u8, view.Mark.Revision);
        lines.End();
    }

    private static void WriteScroll(Utf8JsonWriter row, View view)
    {
        var (page, screen) = (view.Scroll, view.Screen);
        row.Number("horizontal_pixels_scrolled"u8, screen is null ? page.X : screen.MaxXOffset);
        row.Number("vertical_pixels_scrolled"u8, screen is null ? page.Y : screen.MaxYOffset);
        row.Number("horizontal_percentage_scrolled"u8, screen is null
            ? PageScroll.Percent(page.X + (long)Math.Max(0, page.ViewWidth ?? 0), page.DocWidth)
            : screen.MaxXOffset is { } x ? PageScroll.Percent(x, screen.ContentWidth) : null);
        row.Number("vertical_percentage_scrolled"u8, screen is null
            ? PageScroll.Percent(page.Y + (long)Math.Max(0, page.ViewHeight ?? 0), page.DocHeight)
            : screen.MaxYOffset is { } y ? PageScroll.Percent(y, screen.ContentHeight) : null);
        row.Number("last_list_item_index"u8, screen?.LastItemIndex);
        row.Number("list_items_count"u8, screen?.ItemsCount);
        row.Number("list_items_percentage_scrolled"u8, screen?.LastItemIndex is { } last ? PageScroll.Percent(last + 1, screen.ItemsCount) : null);
        row.Number("doc_width"u8, page.DocWidth);
        row.Number("doc_height"u8, page.DocHeight);
        row.Number("br_viewwidth"u8, page.ViewWidth);
        row.Number("br_viewheight"u8, page.ViewHeight);
    }

    private static IEnumerable<string> Inexact(View view, ViewPlace place)
    {
        if (place.IsTimeInexact && view.Screen is null) yield return "engaged_time_in_s";
        if (place.IsIndexInexact) yield return "view_in_session_index";
        if (place.IsCountInexact) yield return "views_in_session";
    }
}
