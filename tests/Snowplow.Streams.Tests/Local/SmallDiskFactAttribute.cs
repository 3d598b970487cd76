namespace Snowplow.Streams.Tests.Local;

/// <summary>A test that mounts a small file system, where the user may.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Obstacle = new(Find);

    public SmallDiskFactAttribute() => Skip = Obstacle.Value;

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux()) return "mounting a small tmpfs needs Linux";
        try
        {
            new SmallDisk(1 << 20).Dispose();
            return null;
        }
        catch (Exception e)
        {
            return $"mounting a small tmpfs needs root: {e.Message}";
        }
    }
}
