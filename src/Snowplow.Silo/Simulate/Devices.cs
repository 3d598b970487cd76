namespace Snowplow.Silo.Simulate;

/// <summary>The browsers, phones and servers that visitors use, the same in every run.</summary>
internal static class Devices
{
    /// <summary>Browsers, the common ones more than once.</summary>
    public static Browser[] Browsers { get; } =
    [
        new("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", 1920, 1080, 24),
        new("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", 1536, 864, 24),
        new("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", 1366, 768, 24),
        new("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", 1440, 900, 30),
        new("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", 1728, 1117, 30),
        new("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", 1920, 1080, 24),
        new("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", 2560, 1440, 24),
        new("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", 390, 844, 32),
        new("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1", 393, 852, 32),
        new("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", 412, 915, 24),
        new("Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", 360, 780, 24),
        new("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", 820, 1180, 32),
    ];

    /// <summary>Phones that run the shop's app.</summary>
    public static Phone[] Phones { get; } =
    [
        new("FjordShop/3.2.1 CFNetwork/1568.200.51 Darwin/24.1.0", "ios-6.2.0", "ios", "18.1", "Apple", "iPhone15,2", 1179, 2556),
        new("FjordShop/3.2.0 CFNetwork/1496.0.7 Darwin/23.5.0", "ios-6.2.0", "ios", "17.5", "Apple", "iPhone14,5", 1170, 2532),
        new("Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP2A.240905.003)", "andr-6.2.0", "android", "14", "Google", "Pixel 8", 1080, 2400),
        new("Dalvik/2.1.0 (Linux; U; Android 13; SM-A546B Build/TP1A.220624.014)", "andr-6.2.0", "android", "13", "samsung", "SM-A546B", 1080, 2340),
    ];

    /// <summary>Languages and the time zones they are met in.</summary>
    public static Region[] Regions { get; } =
    [
        new("en-US", "America/New_York"), new("en-US", "America/Los_Angeles"), new("en-GB", "Europe/London"),
        new("de-DE", "Europe/Berlin"), new("nb-NO", "Europe/Oslo"), new("sv-SE", "Europe/Stockholm"),
        new("fr-FR", "Europe/Paris"), new("es-ES", "Europe/Madrid"), new("ja-JP", "Asia/Tokyo"),
    ];

    /// <summary>A public client address; one in twenty is IPv6.</summary>
    public static string Address(ref SeededRandom random)
    {
        ReadOnlySpan<int> networks = [5, 24, 31, 46, 62, 78, 81, 86, 91, 109, 126, 151, 176, 188, 193, 212];
        return random.Chance(0.05)
            ? $"2a02:{random.Next(0x100, 0xFFFF):x}:{random.Next(1, 0xFFFF):x}::{random.Next(1, 0xFFFF):x}"
            : $"{random.Pick(networks)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}";
    }
}

/// <summary>A browser: user agent, screen size in CSS pixels, colour depth in bits.</summary>
internal sealed record Browser(string UserAgent, int Width, int Height, int ColorDepth)
{
    /// <summary>True on a phone or tablet.</summary>
    public bool IsMobile => UserAgent.Contains("Mobile", StringComparison.Ordinal);
}

/// <summary>A phone with the shop's app: user agent, tracker version (<c>tv</c>), what its mobile_context says, screen in pixels.</summary>
internal sealed record Phone(
    string UserAgent, string TrackerVersion, string OsType, string OsVersion, string Manufacturer, string Model, int Width, int Height);

/// <summary>A browser language (<c>lang</c>) and a time zone (<c>tz</c>).</summary>
internal sealed record Region(string Language, string TimeZone);
