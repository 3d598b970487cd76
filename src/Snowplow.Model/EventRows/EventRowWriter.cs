using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Rows;
using Snowplow.Model.Rules;

namespace Snowplow.Model.EventRows;

/// <summary>
/// The rows of the tables of events: conversions, web_vitals, consent_log and app_errors. Each comes from its landed event
/// alone, so whoever reads a batch makes the same rows. Not thread-safe.
/// </summary>
/// <param name="rules">The model rules.</param>
public sealed class EventRowWriter(ModelRules rules)
{
    private readonly RowLines _conversions = new();
    private readonly RowLines _webVitals = new();
    private readonly RowLines _consent = new();
    private readonly RowLines _appErrors = new();

    /// <summary>Adds the rows of a landed event, if it has any.</summary>
    /// <param name="e">The event.</param>
    /// <param name="keys">Its keys.</param>
    public void Add(EnrichedEvent e, EventKeys keys)
    {
        foreach (var rule in rules.Conversions)
            if (rule.Matches(e)) AddConversion(e, keys, rule);

        var name = e[EventField.EventName];
        if (name.SequenceEqual("web_vitals"u8)) Add(_webVitals, e, keys, WebVitalRow.Write);
        else if (name.SequenceEqual("application_error"u8)) Add(_appErrors, e, keys, AppErrorRow.Write);
        else if (name.SequenceEqual("consent_preferences"u8)) Add(_consent, e, keys, ConsentRow.WritePreferences);
        else if (name.SequenceEqual("cmp_visible"u8)) Add(_consent, e, keys, ConsentRow.WriteCmpVisible);
    }

    /// <summary>Forgets all rows that have not been taken.</summary>
    public void Clear()
    {
        foreach (var lines in (RowLines[])[_conversions, _webVitals, _consent, _appErrors]) lines.Take();
    }

    /// <summary>Takes the rows of <c>conversions</c>, lines of JSON; the next begin anew.</summary>
    public byte[] TakeConversions() => _conversions.Take();

    /// <summary>Takes the rows of <c>web_vitals</c>.</summary>
    public byte[] TakeWebVitals() => _webVitals.Take();

    /// <summary>Takes the rows of <c>consent_log</c>.</summary>
    public byte[] TakeConsentLog() => _consent.Take();

    /// <summary>Takes the rows of <c>app_errors</c>.</summary>
    public byte[] TakeAppErrors() => _appErrors.Take();

    private void AddConversion(EnrichedEvent e, EventKeys keys, ConversionRule rule) =>
        Add(_conversions, e, keys, (row, _) => ConversionRow.Write(row, e, rule));

    private void Add(RowLines lines, EnrichedEvent e, EventKeys keys, WriteOwn writeOwn)
    {
        var facts = EventFacts.Read(e);
        EntityReader.TryReadUnstructEvent(e[EventField.UnstructEvent], out var data);
        lines.Begin();
        var row = lines.Row;
        row.Text("event_id"u8, e[EventField.EventId]);
        row.Text("event_name"u8, e[EventField.EventName]);
        row.Time("derived_tstamp"u8, facts.Order.DerivedMs);
        row.Time("dvce_created_tstamp"u8, facts.Order.CreatedMs == long.MinValue ? null : facts.Order.CreatedMs);
        row.Time("collector_tstamp"u8, e.Timestamp(EventField.CollectorTstamp)?.ToUnixTimeMilliseconds());
        row.Text("session_key"u8, keys.Session);
        row.Text("session_identifier"u8, keys.Session is { } key && SessionKey.IsClientSession(key) ? key[SessionKey.ClientPrefix.Length..] : null);
        row.Text("user_key"u8, keys.User);
        row.Text("user_identifier"u8, keys.User is { } user ? UserKey.Identifier(user) : null);
        row.Text("user_id"u8, e[EventField.UserId]);
        row.Text("view_id"u8, facts.ReadViewId());
        writeOwn(row, data);
        row.Page(PageExcerpt.Of(e, rules), EventRowColumns.PageFrom);
        row.Device(DeviceExcerpt.Of(e, null));
        row.WriteNumber("model_version"u8, rules.Version);
        row.WriteNumber("model_generation"u8, rules.Generation);
        lines.End();
    }

    private delegate void WriteOwn(Utf8JsonWriter row, Entity data);
}
