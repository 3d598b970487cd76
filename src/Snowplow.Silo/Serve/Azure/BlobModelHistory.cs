using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Snowplow.Model;
using Snowplow.Model.Rules;

namespace Snowplow.Silo.Serve;

/// <summary>
/// How the tables of a container have been made, as <see cref="ModelHistory"/> of a data folder: blobs that are created once, so that silos
/// which start together agree.
/// </summary>
internal static class BlobModelHistory
{
    /// <summary>Checks that this program and these rules may go on with what is there, and notes the rules.</summary>
    /// <exception cref="StartupException">They may not; the message says what to do.</exception>
    public static ModelRules GoOn(BlobContainerClient container, ModelRules rules, byte[] file)
    {
        var generation = Kept(container, "model/generation", $"{ModelVersion.Generation}");
        if (generation != $"{ModelVersion.Generation}")
            throw new StartupException(
                $"The tables in the container '{container.Name}' are of model generation {generation}, and this program is of {ModelVersion.Generation}. Take the version of before, or a new container and a new Azure:ServiceId, and replay.");
        var cuts = rules.Sessions.ToString();
        if (Kept(container, "model/session-rules", cuts) is var before && before != cuts)
            throw new StartupException(
                $"Sessions were cut and measured otherwise so far ({before}, now {cuts}), and those that are kept cannot be cut again. Take the rules of before, or a new container and a new Azure:ServiceId, and replay.");
        if (rules.Version != 0 && Kept(container, $"model/rules-{rules.Version}.json", Encoding.UTF8.GetString(file)) != Encoding.UTF8.GetString(file))
            throw new StartupException(
                $"The model rules have changed, but their version is {rules.Version} as before ('model/rules-{rules.Version}.json' in the container has what it was). Raise \"version\": rows say by it which rules made them.");
        return rules;
    }

    // What the blob holds, which is created with this content where it is absent.
    private static string Kept(BlobContainerClient container, string name, string content)
    {
        var blob = container.GetBlobClient(name);
        try
        {
            blob.Upload(BinaryData.FromString(content), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } });
            return content;
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            return blob.DownloadContent().Value.Content.ToString();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or global::Azure.Identity.AuthenticationFailedException)
        {
            throw new StartupException($"The container '{container.Name}' cannot be used: {failure.Message.Split('\n')[0].Trim()}");
        }
    }
}
