namespace Snowplow.Enrich.UserAgents;

/// <summary>What a user agent tells, part by part, in the order in which rules list it.</summary>
internal enum UserAgentField
{
    /// <summary>The browser, or whatever else sent the request: <c>Chrome Mobile</c>.</summary>
    Family,

    /// <summary>The first part of its version.</summary>
    Major,

    /// <summary>The second.</summary>
    Minor,

    /// <summary>The third.</summary>
    Patch,

    /// <summary>The operating system: <c>Android</c>.</summary>
    OsFamily,

    /// <summary>The first part of its version.</summary>
    OsMajor,

    /// <summary>The second.</summary>
    OsMinor,

    /// <summary>The third.</summary>
    OsPatch,

    /// <summary>The fourth.</summary>
    OsPatchMinor,

    /// <summary>The device: <c>Samsung SM-G900F</c>.</summary>
    DeviceFamily,

    /// <summary>Who makes it.</summary>
    DeviceBrand,

    /// <summary>The maker's name for it.</summary>
    DeviceModel,
}
