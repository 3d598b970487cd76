using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Tests.Blobs;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Acquire_WhileHeld_NamesTheHolder()
    {
        using var held = DataFolderLock.Acquire(_folder.Path);

        var refusal = Should.Throw<IOException>(() => DataFolderLock.Acquire(_folder.Path));

        refusal.Message.ShouldContain($"process {Environment.ProcessId}");
        refusal.Message.ShouldContain(_folder.Path);
    }

    [Fact]
    public void Acquire_AfterRelease_Succeeds()
    {
        DataFolderLock.Acquire(_folder.Path).Dispose();
        Should.NotThrow(() => DataFolderLock.Acquire(_folder.Path).Dispose());
    }

    [Fact]
    public void Acquire_WhenHolderWasKilled_Succeeds()
    {
        // What a killed holder leaves behind: the files, without the operating system's lock.
        File.WriteAllText(Path.Join(_folder.Path, "snowplow.lock"), "");
        File.WriteAllText(Path.Join(_folder.Path, "snowplow.pid"), "1");

        Should.NotThrow(() => DataFolderLock.Acquire(_folder.Path).Dispose());
    }
}
