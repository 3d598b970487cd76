using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Tests.History;

namespace Snowplow.Model.Tests.Sessions.Cuts;

/// <summary>A user's server-cut sessions under some rules, and what a reader of their rows keeps. Each write is read back.</summary>
internal sealed class CutState(string sessions)
{
    private readonly Dictionary<string, long> _applied = [];
    private readonly Dictionary<string, long> _finished = [];
    private SessionState _state = new() { Key = "n:nuid" };

    public ModelRules Rules { get; } = ModelRules.Parse(RuleLine(sessions));

    /// <summary>The rows of sessions and views.</summary>
    public Tables Tables { get; } = new();

    /// <summary>The state as it was written last.</summary>
    public string Json { get; private set; } = "";

    /// <summary>The sessions that a reader sees: when each begins, and the number of its events; with an asterisk where its cuts are inexact.</summary>
    public string Sessions => string.Join(' ', Living().Select(row =>
        $"{Minute(row)}×{row.GetProperty("total_events")}{(row.GetProperty("inexact_columns").EnumerateArray().Any(name => name.GetString() == "session_identifier") ? "*" : "")}"));

    /// <summary>The sessions merged away: when each began, and when the one that has its first event does.</summary>
    public string Merged => string.Join(' ', Tables["sessions"].Rows.Values.Where(IsMerged)
        .Select(row => $"{Minute(row)}→{Minute(Tables["sessions"].Rows[row.GetProperty("merged_into").GetString()!])}").Order(StringComparer.Ordinal));

    /// <summary>An event so many minutes after noon.</summary>
    public static TestEvent At(double minute, string? campaign = null, string name = "page_view", string? id = null) => new()
    {
        Id = id ?? $"00000000-0000-4000-8000-{(long)Math.Round(minute * 60_000) + 1_000_000:D12}",
        NetworkUserid = "nuid",
        Name = name,
        Time = TestEvent.Noon.AddMilliseconds(Math.Round(minute * 60_000)),
        Campaign = campaign,
    };

    /// <summary>Events in one batch.</summary>
    public CutState Apply(params TestEvent[] events) => Apply("log/0", events);

    public CutState Apply(string partition, params TestEvent[] events)
    {
        var at = _applied.GetValueOrDefault(partition);
        _state.Apply(partition, at, at + 1, TestEvent.Lines(events), Rules).ShouldBe(ApplyOutcome.Applied);
        _applied[partition] = at + 1;
        return this;
    }

    /// <summary>Events in a batch and a write each.</summary>
    public CutState ApplyOneByOne(params IEnumerable<TestEvent> events)
    {
        foreach (var e in events) Apply(e).Checkpoint();
        return this;
    }

    /// <summary>A checkpoint of a partition, or of all: the state is written and read back, and the rows are taken.</summary>
    public CutState Checkpoint(string? partition = null)
    {
        if (_state.HasChanges)
        {
            _state.BeforeWrite(Rules);
            Json = StateJsonTests.Json(_state);
            _state.AfterWrite();
            _state = JsonSerializer.Deserialize(Json, ModelJson.SessionState)!;
            _state.Key = "n:nuid";
            StateJsonTests.Json(_state).ShouldBe(Json);
        }

        foreach (var name in partition is null ? [.. _applied.Keys] : new[] { partition })
        {
            var rows = _state.Rows(name, _finished.GetValueOrDefault(name), Rules);
            foreach (var row in RowText.Objects(rows.SessionLines)) Keep("sessions", row);
            foreach (var row in RowText.Objects(rows.ViewLines)) Keep("views", row);
            _finished[name] = _applied.GetValueOrDefault(name);
        }

        return this;
    }

    /// <summary>Living rows of a table by key, without what depends on the course.</summary>
    public Dictionary<string, string> Rows(string table)
    {
        string[] ofTheCourse = ["revision", "model_generation", "former_user_keys"];
        return Tables[table].Rows.Where(row => !IsMerged(row.Value)).ToDictionary(row => row.Key, row =>
            string.Join('\n', row.Value.EnumerateObject().Where(column => !ofTheCourse.Contains(column.Name)).Select(column => column.ToString())));
    }

    private IEnumerable<JsonElement> Living() =>
        Tables["sessions"].Rows.Values.Where(row => !IsMerged(row)).OrderBy(row => row.GetProperty("session_identifier").GetString(), StringComparer.Ordinal);

    private void Keep(string table, JsonObject row) => Tables[table].Keep(JsonElement.Parse(row.ToJsonString()));

    private static bool IsMerged(JsonElement row) => row.TryGetProperty("merged_into", out _);

    // By the id: the row's start is earlier where a ping begins the session.
    private static string Minute(JsonElement row)
    {
        var time = row.GetProperty("session_identifier").GetString()!.AsSpan("n:nuid~".Length, "yyyyMMddTHHmmssfffZ".Length);
        var start = DateTimeOffset.ParseExact(time, "yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (start - TestEvent.Noon).TotalMinutes.ToString("0.####", CultureInfo.InvariantCulture);
    }

    private static byte[] RuleLine(string sessions) => System.Text.Encoding.UTF8.GetBytes($$"""
        {
          "version": 1, "sessions": {{sessions}},
          "conversions": [{ "name": "click", "when": { "field": "event_name", "equals": "link_click" }, "default_value": 1.5, "list_events": true }]
        }
        """);
}
