using Snowplow.Events.Enriched;

namespace Snowplow.Model.Excerpts;

/// <summary>What rows take from the entities that describe a device and its application; empty where there is none. Views into the line.</summary>
internal ref struct DeviceEntities
{
    private static readonly EntityType ClientSession = new("com.snowplowanalytics.snowplow", "client_session", 1);
    private static readonly EntityType Mobile = new("com.snowplowanalytics.snowplow", "mobile_context", 1);
    private static readonly EntityType Application = new("com.snowplowanalytics.mobile", "application", 1);
    private static readonly EntityType UaParser = new("com.snowplowanalytics.snowplow", "ua_parser_context", 1);
    private static readonly EntityType Yauaa = new("nl.basjes", "yauaa_context", 1);

    private bool _hasSession;
    private bool _hasMobile;
    private bool _hasApplication;
    private bool _hasUaParser;
    private bool _hasYauaa;
    private ReadOnlySpan<byte> _uaOs;
    private ReadOnlySpan<byte> _uaOsVersion;
    private ReadOnlySpan<byte> _yauaaOs;
    private ReadOnlySpan<byte> _yauaaOsVersion;

    public ReadOnlySpan<byte> ClientUserId { get; private set; }

    public ReadOnlySpan<byte> OsType { get; private set; }

    public ReadOnlySpan<byte> OsVersion { get; private set; }

    public ReadOnlySpan<byte> Manufacturer { get; private set; }

    public ReadOnlySpan<byte> Model { get; private set; }

    public ReadOnlySpan<byte> Carrier { get; private set; }

    public ReadOnlySpan<byte> NetworkType { get; private set; }

    public ReadOnlySpan<byte> AppVersion { get; private set; }

    public ReadOnlySpan<byte> AppBuild { get; private set; }

    public ReadOnlySpan<byte> UaDeviceFamily { get; private set; }

    public ReadOnlySpan<byte> UaFamily { get; private set; }

    public ReadOnlySpan<byte> UaVersion { get; private set; }

    public ReadOnlySpan<byte> YauaaDeviceClass { get; private set; }

    public static DeviceEntities Read(EnrichedEvent e)
    {
        var entities = new DeviceEntities();
        entities.Take(new EntityReader(e[EventField.Contexts]));
        entities.Take(new EntityReader(e[EventField.DerivedContexts]));
        if (entities.OsType.IsEmpty) entities.OsType = entities._yauaaOs.IsEmpty ? entities._uaOs : entities._yauaaOs;
        if (entities.OsVersion.IsEmpty) entities.OsVersion = entities._yauaaOsVersion.IsEmpty ? entities._uaOsVersion : entities._yauaaOsVersion;
        return entities;
    }

    private void Take(EntityReader reader)
    {
        while (reader.MoveNext())
        {
            var entity = reader.Current;
            if (!_hasSession && entity.Is(ClientSession))
            {
                ClientUserId = entity.Utf8("userId"u8);
                _hasSession = true;
            }
            else if (!_hasMobile && entity.Is(Mobile))
            {
                OsType = entity.Utf8("osType"u8);
                OsVersion = entity.Utf8("osVersion"u8);
                Manufacturer = entity.Utf8("deviceManufacturer"u8);
                Model = entity.Utf8("deviceModel"u8);
                Carrier = entity.Utf8("carrier"u8);
                NetworkType = entity.Utf8("networkType"u8);
                _hasMobile = true;
            }
            else if (!_hasApplication && entity.Is(Application))
            {
                AppVersion = entity.Utf8("version"u8);
                AppBuild = entity.Utf8("build"u8);
                _hasApplication = true;
            }
            else if (!_hasUaParser && entity.Is(UaParser))
            {
                UaDeviceFamily = entity.Utf8("deviceFamily"u8);
                UaFamily = entity.Utf8("useragentFamily"u8);
                UaVersion = entity.Utf8("useragentVersion"u8);
                _uaOs = entity.Utf8("osFamily"u8);
                _uaOsVersion = entity.Utf8("osVersion"u8);
                _hasUaParser = true;
            }
            else if (!_hasYauaa && entity.Is(Yauaa))
            {
                YauaaDeviceClass = entity.Utf8("deviceClass"u8);
                _yauaaOs = entity.Utf8("operatingSystemName"u8);
                _yauaaOsVersion = entity.Utf8("operatingSystemVersion"u8);
                _hasYauaa = true;
            }
        }
    }
}
