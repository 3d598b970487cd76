using System.Globalization;

namespace Snowplow.Storage.Blobs;

/// <summary>
/// Keeps a second process out of a data folder, for as long as it is held. The operating system lets go of it however
/// the process ends. File systems without file locks (some network shares) keep nobody out.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private const string LockFile = "snowplow.lock";

    // Beside the lock, not in it: nobody else can read a locked file.
    private const string HolderFile = "snowplow.pid";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder, creating the folder where it is absent.</summary>
    /// <exception cref="IOException">Another process holds it; the message names that process.</exception>
    public static DataFolderLock Acquire(string folder)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        FileStream file;
        try
        {
            file = new FileStream(Path.Join(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not PathTooLongException)
        {
            throw new IOException(
                $"The data folder '{folder}' is in use by process {Holder(folder)}. Stop that process, or choose another folder. ({e.Message})", e);
        }

        File.WriteAllText(Path.Join(folder, HolderFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new DataFolderLock(file);
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => _file.Dispose();

    private static string Holder(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Join(folder, HolderFile));
        }
        catch (IOException)
        {
            // The holder has not come to write it yet; the refusal counts, not the number.
            return "(unknown)";
        }
    }
}
