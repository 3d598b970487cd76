using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>A static registry in a folder of its own, deleted with it.</summary>
public sealed class RegistryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iglu-");

    /// <summary>Folder that holds <c>schemas/</c> once something has been added.</summary>
    public string Path => _folder.FullName;

    public RegistryOptions Options => new() { Name = "Folder", Folder = Path };

    public SchemaKey Add(string uri, string schema)
    {
        var key = SchemaKey.Parse(uri);
        var file = new FileInfo(System.IO.Path.Combine(Path, "schemas", key.Path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, schema);
        return key;
    }

    public void Remove(SchemaKey key) => File.Delete(System.IO.Path.Combine(Path, "schemas", key.Path));

    /// <summary>Makes the registry unreachable, or reachable again.</summary>
    public void SetReachable(bool isReachable)
    {
        var (schemas, away) = (System.IO.Path.Combine(Path, "schemas"), System.IO.Path.Combine(Path, "away"));
        Directory.Move(isReachable ? away : schemas, isReachable ? schemas : away);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
