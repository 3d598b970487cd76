using System.Buffers;
using Snowplow.Grains.Identity;
using Snowplow.Grains.Profiles;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;
using Snowplow.Model.EventRows;
using Snowplow.Model.Profiles;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Partition;

/// <summary>The rows of one range as JSON lines, table by table, and its interventions. Keeps its buffers for the next range.</summary>
internal sealed class RangeRows
{
    private readonly ArrayBufferWriter<byte> _sessions = new();
    private readonly ArrayBufferWriter<byte> _views = new();
    private readonly ArrayBufferWriter<byte> _users = new();
    private readonly ArrayBufferWriter<byte> _mapping = new();
    private readonly ArrayBufferWriter<byte> _consent = new();
    private readonly ArrayBufferWriter<byte> _identities = new();
    private readonly ArrayBufferWriter<byte> _merges = new();
    private readonly ArrayBufferWriter<byte> _forgotten = new();
    private readonly List<(string Area, ReadOnlyMemory<byte> Lines)> _events = [];

    /// <summary>The interventions that events of the range brought; those of one profile in their order.</summary>
    public List<Intervention> Interventions { get; } = [];

    /// <summary>The collector hour of the range's first batch: it names the files.</summary>
    public DateTimeOffset Hour { get; private set; }

    /// <summary>The tables that have rows: where they belong and one JSON object a line; valid until <see cref="Begin"/>.</summary>
    public IEnumerable<(string Area, ReadOnlyMemory<byte> Lines)> Tables =>
        new[]
        {
            (LandingPath.Sessions, _sessions.WrittenMemory),
            (LandingPath.Views, _views.WrittenMemory),
            (LandingPath.Users, _users.WrittenMemory),
            (LandingPath.UserMapping, _mapping.WrittenMemory),
            (LandingPath.ConsentUsers, _consent.WrittenMemory),
            (LandingPath.Identities, _identities.WrittenMemory),
            (LandingPath.IdentityMerges, _merges.WrittenMemory),
            (LandingPath.Forgotten, _forgotten.WrittenMemory),
        }.Concat(_events).Where(table => !table.Item2.IsEmpty);

    /// <summary>Begins a range, without rows.</summary>
    public void Begin(DateTimeOffset hour)
    {
        Hour = hour;
        foreach (var lines in (ArrayBufferWriter<byte>[])[_sessions, _views, _users, _mapping, _consent, _identities, _merges, _forgotten]) lines.ResetWrittenCount();
        _events.Clear();
        Interventions.Clear();
    }

    /// <summary>Adds the rows of a session grain.</summary>
    public void Add(SessionCheckpoint rows)
    {
        _sessions.Write(rows.SessionLines);
        _views.Write(rows.ViewLines);
        _forgotten.Write(rows.ForgottenLine);
    }

    /// <summary>Adds the rows of a user grain.</summary>
    public void Add(UserCheckpoint rows)
    {
        _users.Write(rows.UserLine);
        _mapping.Write(rows.MappingLine);
        _consent.Write(rows.ConsentLine);
        _forgotten.Write(rows.ForgottenLine);
    }

    /// <summary>Adds the rows of an identity grain.</summary>
    public void Add(IdentityCheckpoint rows)
    {
        _identities.Write(rows.IdentityLine);
        _merges.Write(rows.MergeLines);
    }

    /// <summary>Adds the interventions of a profile grain.</summary>
    public void Add(ProfileCheckpoint profile) => Interventions.AddRange(profile.Interventions);

    /// <summary>Adds the rows of the range's events; called once.</summary>
    public void Add(EventRowWriter rows)
    {
        _events.Add((LandingPath.Conversions, rows.TakeConversions()));
        _events.Add((LandingPath.WebVitals, rows.TakeWebVitals()));
        _events.Add((LandingPath.ConsentLog, rows.TakeConsentLog()));
        _events.Add((LandingPath.AppErrors, rows.TakeAppErrors()));
    }
}
