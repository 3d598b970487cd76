using Snowplow.Events.Enriched;

namespace Snowplow.Model.Excerpts;

/// <summary>The rule of the column device_category.</summary>
internal static class DeviceCategory
{
    public static ReadOnlySpan<byte> Of(EnrichedEvent e, in DeviceEntities entities)
    {
        if (!entities.YauaaDeviceClass.IsEmpty) return OfYauaa(entities.YauaaDeviceClass);
        if (!e[EventField.DvceType].IsEmpty) return e[EventField.DvceType];
        var platform = e[EventField.Platform];
        return platform.SequenceEqual("web"u8) ? OfUseragent(e[EventField.Useragent]) : OfPlatform(platform);
    }

    private static ReadOnlySpan<byte> OfYauaa(ReadOnlySpan<byte> deviceClass) =>
        deviceClass.SequenceEqual("Phone"u8) ? "Mobile"u8
        : deviceClass.SequenceEqual("TV"u8) ? "Connected TV"u8
        : deviceClass.SequenceEqual("Game Console"u8) ? "Games Console"u8
        : deviceClass.SequenceEqual("Watch"u8) ? "Wearable"u8
        : deviceClass;

    private static ReadOnlySpan<byte> OfUseragent(ReadOnlySpan<byte> useragent)
    {
        var isMobile = useragent.IndexOf("Mobile"u8) >= 0;
        if (useragent.IndexOf("iPad"u8) >= 0 || useragent.IndexOf("Tablet"u8) >= 0 || (useragent.IndexOf("Android"u8) >= 0 && !isMobile))
            return "Tablet"u8;
        if (isMobile || useragent.IndexOf("iPhone"u8) >= 0) return "Mobile"u8;
        return useragent.IndexOf("Mozilla"u8) >= 0 ? "Desktop"u8 : "Web"u8;
    }

    private static ReadOnlySpan<byte> OfPlatform(ReadOnlySpan<byte> platform) =>
        platform.SequenceEqual("mob"u8) ? "Mobile/Tablet"u8
        : platform.SequenceEqual("pc"u8) ? "Desktop/Laptop/Netbook"u8
        : platform.SequenceEqual("srv"u8) ? "Server-Side App"u8
        : platform.SequenceEqual("app"u8) ? "General App"u8
        : platform.SequenceEqual("tv"u8) ? "Connected TV"u8
        : platform.SequenceEqual("cnsl"u8) ? "Games Console"u8
        : platform.SequenceEqual("iot"u8) ? "Internet of Things"u8
        : platform.SequenceEqual("headset"u8) ? "AR/VR Headset"u8
        : default;
}
