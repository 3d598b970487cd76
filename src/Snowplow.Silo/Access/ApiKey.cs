using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Access;

/// <summary>The secret that opens everything but the collector to those who are not on this machine.</summary>
internal sealed class ApiKey
{
    /// <summary>Name of the file in the data folder that holds a generated key.</summary>
    public const string FileName = "api-key";

    /// <summary>Characters that a key must have at least to be a secret.</summary>
    public const int MinimumLength = 16;

    private const int GeneratedSizeBytes = 24;

    private readonly byte[] _hash;

    private ApiKey(string text, bool isGenerated, bool isNew)
    {
        Text = text;
        IsGenerated = isGenerated;
        IsNew = isNew;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The key itself.</summary>
    public string Text { get; }

    /// <summary>True when it was made here and not configured.</summary>
    public bool IsGenerated { get; }

    /// <summary>True when it was made just now, so that nobody knows it yet.</summary>
    public bool IsNew { get; }

    /// <summary>
    /// The configured key; without one, the key in the data folder, which is made at first and readable by its owner only.
    /// </summary>
    /// <exception cref="StartupException">The configured key is too short to be a secret.</exception>
    public static ApiKey Load(string? configured, string dataFolder)
    {
        if (configured is { Length: > 0 })
        {
            return configured.Length >= MinimumLength
                ? new ApiKey(configured, isGenerated: false, isNew: false)
                : throw new StartupException($"Snowplow:ApiKey must have at least {MinimumLength} characters.");
        }

        var path = Path.Combine(dataFolder, FileName);
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: >= MinimumLength } kept)
            return new ApiKey(kept, isGenerated: true, isNew: false);
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(GeneratedSizeBytes));
        Write(path, text);
        return new ApiKey(text, isGenerated: true, isNew: true);
    }

    /// <summary>Compares in a time that does not tell how much of the key was right.</summary>
    public bool Matches(string candidate) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(candidate)));

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, new UTF8Encoding(false), options);
        file.WriteLine(text);
    }
}
