namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>Finds <see cref="Tool"/>s on this machine.</summary>
internal static class Tools
{
    /// <summary>The path of the browser: <c>CHROMIUM_PATH</c>, or the first of the usual names on the PATH.</summary>
    public static string? Chromium { get; } =
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } path && File.Exists(path)
            ? path
            : new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }.Select(OnPath).FirstOrDefault(found => found is not null);

    /// <summary>Why a test that needs a tool cannot run here and what to do about it; null where it can.</summary>
    public static string? WhyMissing(Tool tool) => tool switch
    {
        Tool.Node => OnPath("node") is null || OnPath("npm") is null ? "Needs Node.js 20 or later with npm: install it, and see that it is on the PATH." : null,
        Tool.Chromium => Chromium is null ? "Needs Chromium: install it (Debian: apt-get install chromium), or name its path in CHROMIUM_PATH." : null,
        Tool.Curl => OnPath("curl") is null ? "Needs curl: install it (Debian: apt-get install curl)." : null,
        _ => throw new ArgumentOutOfRangeException(nameof(tool)),
    };

    /// <summary>Why a test cannot run here, for the first tool that is missing; null where all are there.</summary>
    public static string? WhyMissing(IEnumerable<Tool> tools) => tools.Select(WhyMissing).FirstOrDefault(why => why is not null);

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
