using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Tests;

/// <summary>An event in the tests' own words, and its line of enriched TSV.</summary>
internal sealed record TestEvent
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public string Id { get; init; } = "00000000-0000-4000-8000-000000000001";
    public string Name { get; init; } = "page_view";
    public DateTimeOffset Time { get; init; } = Noon;
    public DateTimeOffset? Created { get; init; }
    public DateTimeOffset? Collector { get; init; }
    public string? AppId { get; init; } = "shop";
    public string? Platform { get; init; } = "web";
    public string? DomainUserid { get; init; }
    public string? NetworkUserid { get; init; }
    public string? UserId { get; init; }
    public string? Ip { get; init; }
    public string? Useragent { get; init; }
    public string? DomainSessionid { get; init; }
    public int? DomainSessionidx { get; init; }
    public string? ClientUserId { get; init; }
    public string? ClientSessionId { get; init; }
    public int? ClientSessionIndex { get; init; }
    public string? WebPageId { get; init; }
    public string? ScreenViewId { get; init; }
    public string? ScreenId { get; init; }
    public string? Title { get; init; }
    public string? Url { get; init; }
    public string? Host { get; init; }
    public string? Path { get; init; }
    public string? Medium { get; init; }
    public string? Source { get; init; }
    public string? Campaign { get; init; }
    public string? Referrer { get; init; }
    public string? RefrMedium { get; init; }
    public string? Country { get; init; }

    /// <summary>Whether the line has derived_tstamp; else the collector's time stands in.</summary>
    public bool HasDerived { get; init; } = true;

    /// <summary>Columns that have no member here.</summary>
    public ImmutableDictionary<EventField, string?> Fields { get; init; } = ImmutableDictionary<EventField, string?>.Empty;

    /// <summary>The self-describing event.</summary>
    public TestEntity? Told { get; init; }

    /// <summary>Entities of the tracker, after those that have members here.</summary>
    public ImmutableArray<TestEntity> Entities { get; init; } = [];

    /// <summary>Entities of the enrichments.</summary>
    public ImmutableArray<TestEntity> DerivedEntities { get; init; } = [];

    /// <summary>The event that forgets.</summary>
    public static TestEvent Forget(DateTimeOffset at, IEnumerable<string> keys) => new()
    {
        Name = "forget",
        Time = at,
        AppId = null,
        Platform = null,
        Fields = ImmutableDictionary<EventField, string?>.Empty.Add(EventField.Event, "forget"),
        Told = new TestEntity("com.snowplow.orleans/forget", $"\"receipt\":\"r\",\"keys\":[{string.Join(',', keys.Select(key => $"\"{key}\""))}]"),
    };

    public TestEvent Also(params (EventField Field, string? Text)[] fields) =>
        this with { Fields = Fields.SetItems(fields.Select(field => KeyValuePair.Create(field.Field, field.Text))) };

    public EnrichedEvent Line => Batch([this])[0];

    public TestEvent After(double minutes) => this with { Time = Time.AddMinutes(minutes) };

    public static EnrichedEvent[] Lines(IEnumerable<TestEvent> events)
    {
        var batch = Batch(events);
        return [.. Enumerable.Range(0, batch.Count).Select(index => batch[index])];
    }

    private static EnrichedBatch Batch(IEnumerable<TestEvent> events)
    {
        var output = new ArrayBufferWriter<byte>();
        var builder = new EnrichedEventBuilder();
        foreach (var e in events)
        {
            builder.Clear();
            e.Write(builder);
            builder.WriteLine(output);
        }

        return EnrichedBatch.Parse(output.WrittenMemory);
    }

    private void Write(EnrichedEventBuilder line)
    {
        line.SetText(EventField.EventId, Id);
        line.SetText(EventField.EventName, Name);
        if (HasDerived) line.SetTimestamp(EventField.DerivedTstamp, Time);
        line.SetTimestamp(EventField.CollectorTstamp, Collector ?? Time);
        if (Created is { } created) line.SetTimestamp(EventField.DvceCreatedTstamp, created);
        line.SetText(EventField.AppId, AppId);
        line.SetText(EventField.Platform, Platform);
        line.SetText(EventField.DomainUserid, DomainUserid);
        line.SetText(EventField.NetworkUserid, NetworkUserid);
        line.SetText(EventField.UserId, UserId);
        line.SetText(EventField.UserIpaddress, Ip);
        line.SetText(EventField.Useragent, Useragent);
        line.SetText(EventField.DomainSessionid, DomainSessionid);
        if (DomainSessionidx is { } index) line.SetInt(EventField.DomainSessionidx, index);
        line.SetText(EventField.PageTitle, Title);
        line.SetText(EventField.PageUrl, Url);
        line.SetText(EventField.PageUrlhost, Host);
        line.SetText(EventField.PageUrlpath, Path);
        line.SetText(EventField.MktMedium, Medium);
        line.SetText(EventField.MktSource, Source);
        line.SetText(EventField.MktCampaign, Campaign);
        line.SetText(EventField.PageReferrer, Referrer);
        line.SetText(EventField.RefrMedium, RefrMedium);
        line.SetText(EventField.GeoCountry, Country);
        foreach (var (field, text) in Fields) line.SetText(field, text);
        line.SetText(EventField.Contexts, List("contexts", [.. OwnEntities(), .. Entities]));
        line.SetText(EventField.DerivedContexts, List("contexts", DerivedEntities));
        var told = ScreenViewId is null ? Told : new TestEntity("com.snowplowanalytics.mobile/screen_view", $"\"id\":\"{ScreenViewId}\"");
        if (told is not null) line.SetText(EventField.UnstructEvent, SelfDescribing("unstruct_event", told.ToString()));
    }

    private IEnumerable<TestEntity> OwnEntities()
    {
        if (WebPageId is not null) yield return new("com.snowplowanalytics.snowplow/web_page", $"\"id\":\"{WebPageId}\"");
        if (ScreenId is not null) yield return new("com.snowplowanalytics.mobile/screen", $"\"name\":\"home\",\"id\":\"{ScreenId}\"");
        if (ClientSessionId is null && ClientUserId is null) yield break;
        var index = ClientSessionIndex is { } number ? $",\"sessionIndex\":{number.ToString(CultureInfo.InvariantCulture)}" : "";
        yield return new(
            "com.snowplowanalytics.snowplow/client_session", $"\"userId\":\"{ClientUserId}\",\"sessionId\":\"{ClientSessionId}\"{index}");
    }

    private static string? List(string name, ImmutableArray<TestEntity> entities) =>
        entities.IsEmpty ? null : SelfDescribing(name, $"[{string.Join(',', entities)}]");

    private static string SelfDescribing(string name, string data) =>
        $"{{\"schema\":\"iglu:com.snowplowanalytics.snowplow/{name}/jsonschema/1-0-0\",\"data\":{data}}}";
}
