using System.Text.Json;
using Snowplow.Model.Conversions;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Rows;

/// <summary>Writes the rows of sessions, by the rules of <see cref="SessionColumns"/>.</summary>
internal static class SessionRows
{
    public static void Write(this RowLines lines, Session session, string id, SessionMeasures measures, SessionState state, ModelRules rules)
    {
        var (owner, entry, exit) = (session.Owner!, session.Entry!, session.Exit!);
        lines.Begin();
        var row = lines.Row;
        row.WriteString("session_identifier"u8, id);
        row.WriteString("session_key"u8, state.Key);
        row.Text("user_key"u8, owner.UserKey);
        row.Text("user_identifier"u8, owner.UserKey is { } userKey ? UserKey.Identifier(userKey) : null);
        row.Text("user_id"u8, session.Login?.UserId);
        row.Text("domain_userid"u8, owner.DomainUserid);
        row.Text("network_userid"u8, owner.NetworkUserid);
        row.Text("session__previous_session_id"u8, state.IsServerCut ? session.WrittenPreviousId : entry.PreviousSessionId);
        row.Number("device_session_index"u8, entry.DeviceSessionIndex);
        row.WriteBoolean("is_server_cut"u8, state.IsServerCut);
        row.Time("start_tstamp"u8, measures.StartMs);
        row.Time("end_tstamp"u8, session.EndMs);
        row.WriteNumber("views"u8, session.Views.Count);
        row.WriteNumber("page_views"u8, session.Counts.PageViews);
        row.WriteNumber("total_events"u8, session.Counts.Total);
        row.WritePropertyName("event_counts"u8);
        session.Counts.ByName.WriteTo(row);
        row.WriteNumber("engaged_time_in_s"u8, measures.EngagedSeconds);
        row.WriteNumber("absolute_time_in_s"u8, measures.AbsoluteSeconds);
        row.WriteBoolean("is_engaged"u8, measures.IsEngaged);
        row.WriteBoolean("is_bounce"u8, !measures.IsEngaged);
        row.WriteNumber("app_errors"u8, session.Counts.AppErrors);
        row.WriteNumber("fatal_app_errors"u8, session.Counts.FatalAppErrors);
        row.Touches(entry, exit);
        WriteConversions(row, session.Conversions, rules);
        row.Texts("former_user_keys"u8, session.FormerUserKeys ?? []);
        row.Texts("inexact_columns"u8, Inexact(session, rules));
        WriteVersion(row, state, session.Mark, rules);
        lines.End();
    }

    public static void Write(this RowLines lines, MergedSession merged, SessionState state, ModelRules rules)
    {
        lines.Begin();
        var row = lines.Row;
        row.WriteString("session_identifier"u8, merged.Id);
        row.WriteString("session_key"u8, state.Key);
        row.WriteString("user_key"u8, state.Key);
        row.WriteString("user_identifier"u8, UserKey.Identifier(state.Key));
        row.WriteBoolean("is_server_cut"u8, true);
        row.Time("start_tstamp"u8, merged.AtMs);
        row.Time("end_tstamp"u8, merged.AtMs);
        row.WriteStartObject("event_counts"u8);
        row.WriteEndObject();
        row.Texts("former_user_keys"u8, []);
        row.Text("merged_into"u8, merged.Into);
        row.Texts("inexact_columns"u8, []);
        WriteVersion(row, state, merged.Mark, rules);
        lines.End();
    }

    private static void WriteVersion(Utf8JsonWriter row, SessionState state, in RowMark mark, ModelRules rules)
    {
        row.WriteNumber("model_version"u8, state.RulesVersion);
        row.WriteNumber("model_generation"u8, rules.Generation);
        row.WriteNumber("revision"u8, mark.Revision);
    }

    private static void WriteConversions(Utf8JsonWriter row, SessionConversions conversions, ModelRules rules)
    {
        if (rules.Conversions.IsEmpty) return;
        row.WriteNumber("cv__all_volume"u8, rules.Conversions.Sum(rule => conversions.Of(rule.Name)?.Volume ?? 0));
        row.WriteNumber("cv__all_total"u8, (double)rules.Conversions.Sum(rule => conversions.Of(rule.Name)?.Total ?? 0));
        foreach (var rule in rules.Conversions)
        {
            var tally = conversions.Of(rule.Name);
            row.WriteNumber($"cv_{rule.Name}_volume", tally?.Volume ?? 0);
            if (rule.ListEvents) WriteEvents(row, rule.Name, tally);
            row.WriteNumber($"cv_{rule.Name}_total", (double)(tally?.Total ?? 0));
            if (tally?.FirstMs is { } firstMs)
                row.WriteString($"cv_{rule.Name}_first_conversion", UtcTimeConverter.ToText(firstMs));
            row.WriteBoolean($"cv_{rule.Name}_converted", tally is { Volume: > 0 });
        }
    }

    private static void WriteEvents(Utf8JsonWriter row, string name, ConversionTally? tally)
    {
        row.WriteStartArray($"cv_{name}_events");
        foreach (var conversion in tally?.Kept ?? []) row.WriteStringValue(conversion.EventId);
        row.WriteEndArray();
        row.WriteStartArray($"cv_{name}_values");
        foreach (var conversion in tally?.Kept ?? [])
        {
            if (conversion.Value is { } value) row.WriteNumberValue((double)value);
            else row.WriteNullValue();
        }

        row.WriteEndArray();
    }

    private static IEnumerable<string> Inexact(Session session, ModelRules rules)
    {
        if (session.Cut is { IsInexact: true }) yield return "session_identifier";
        if (!session.Views.IsExact) yield return "views";
        if (!session.Counts.ByName.IsExact) yield return "event_counts";
        if (!session.Pings.IsExact || session.ViewList.ClosedForeground > 0) yield return "engaged_time_in_s";
        foreach (var rule in rules.Conversions)
        {
            if (!rule.ListEvents || session.Conversions.Of(rule.Name) is null or { IsExact: true }) continue;
            yield return $"cv_{rule.Name}_events";
            yield return $"cv_{rule.Name}_values";
        }
    }
}
