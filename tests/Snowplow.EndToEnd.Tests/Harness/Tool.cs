namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>Programs that tests need besides the .NET SDK.</summary>
internal enum Tool
{
    /// <summary>Node.js with npm.</summary>
    Node,

    /// <summary>A browser of the Chromium family.</summary>
    Chromium,

    /// <summary>curl.</summary>
    Curl,
}
