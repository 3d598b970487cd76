namespace Snowplow.Streams.Tests.Local;

/// <summary>A test that mounts an ext4 file system out of a file, where the user may.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerLossFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Obstacle = new(Find);

    public PowerLossFactAttribute() => Skip = Obstacle.Value;

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux()) return "a power loss is played with Linux's loop devices";
        try
        {
            new PowerLossDisk().Dispose();
            return null;
        }
        catch (Exception e)
        {
            return $"a power loss is played with mkfs.ext4 and loop devices, which need root: {e.Message}";
        }
    }
}
