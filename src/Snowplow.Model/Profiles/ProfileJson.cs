using System.Buffers;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rows;

namespace Snowplow.Model.Profiles;

/// <summary>The JSON of profiles and interventions: numbers as numbers, times as ISO 8601.</summary>
public static class ProfileJson
{
    /// <summary>A profile that no event has been applied to: all attributes have their defaults.</summary>
    /// <param name="group">The group.</param>
    /// <param name="key">The key's value.</param>
    public static byte[] Empty(AttributeGroup group, string key)
    {
        var state = new GroupState();
        state.Use(group);
        return Write(new ProfileMoment(group, state, 0), key);
    }

    internal static byte[] Write(ProfileMoment profile, string key)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, RowJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("group"u8, profile.Group.Name);
        json.WriteNumber("version"u8, profile.Group.Version);
        json.WriteString("key"u8, key);
        if (profile.State.HasEvents && !profile.Group.IsExpired(profile.State.LastMs, profile.NowMs)) json.Time("last_event_tstamp"u8, profile.State.LastMs);
        json.WritePropertyName("attributes"u8);
        profile.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    internal static Intervention Intervention(InterventionRule rule, ProfileMoment profile, string grainKey, in EventFacts e)
    {
        var id = IdOf(rule, grainKey, e.Identity);
        var key = ProfileKey.ValueOf(grainKey);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, RowJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("intervention"u8, rule.Name);
        json.WriteNumber("version"u8, rule.Version);
        json.WriteString("group"u8, profile.Group.Name);
        json.WriteNumber("group_version"u8, profile.Group.Version);
        json.WriteString("key"u8, key);
        json.Text("event_id"u8, e.Line[EventField.EventId]);
        json.Text("event_name"u8, e.Line[EventField.EventName]);
        json.Time("event_tstamp"u8, e.WatermarkMs);
        json.WritePropertyName("attributes"u8);
        profile.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        var collector = e.Line.Timestamp(EventField.CollectorTstamp) ?? UtcTimeConverter.FromMilliseconds(e.WatermarkMs);
        return new Intervention(id, rule.Name, profile.Group.Name, key, collector, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    // A UUID of version 8 (RFC 9562): the hash of what makes it.
    private static string IdOf(InterventionRule rule, string grainKey, ulong eventIdentity)
    {
        Span<byte> bytes = stackalloc byte[16];
        var hash = Hash.Of128(Encoding.UTF8.GetBytes($"{rule.Name}\n{rule.Version}\n{grainKey}\n{eventIdentity}"));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
