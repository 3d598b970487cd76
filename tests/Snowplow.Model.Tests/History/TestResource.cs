namespace Snowplow.Model.Tests.History;

/// <summary>Files beside the tests, embedded in their assembly.</summary>
internal static class TestResource
{
    public static string Text(string name)
    {
        using var stream = typeof(TestResource).Assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"No resource {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
