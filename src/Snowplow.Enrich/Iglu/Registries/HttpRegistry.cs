using System.Globalization;
using System.Net;
using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// A registry over HTTP: <c>GET {uri}/schemas/{vendor}/{name}/{format}/{version}</c>, with the header <c>apikey</c> if it has one. An
/// Iglu Server lists a schema's versions as well: <c>GET {uri}/schemas/{vendor}/{name}/{format}/{model}</c>.
/// </summary>
internal sealed class HttpRegistry(RegistryOptions options, Uri address, HttpClient client, TimeSpan timeout, TimeProvider time)
    : IgluRegistry(options)
{
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 128 };

    private readonly string _schemas = address.AbsoluteUri.TrimEnd('/') + "/schemas/";

    /// <inheritdoc/>
    public override ValueTask<RegistryAnswer> FetchAsync(SchemaKey key, CancellationToken cancellation) =>
        IsPathSafe(key) ? GetAsync(key.Path, JsonValueKind.Object, cancellation) : new(RegistryAnswer.NotFound);

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<SchemaKey>> ListAsync(SchemaKey key, CancellationToken cancellation)
    {
        if (!IsPathSafe(key))
            return [];
        var model = key.Model.ToString(CultureInfo.InvariantCulture);
        var answer = await GetAsync($"{key.Vendor}/{key.Name}/{key.Format}/{model}", JsonValueKind.Array, cancellation);
        if (answer.Document is null)
            return [];
        using var list = JsonDocument.Parse(answer.Document, JsonOptions);
        return [.. list.RootElement.EnumerateArray().Select(ToKey).OfType<SchemaKey>().Where(other => IsSameModel(key, other))];
    }

    private static SchemaKey? ToKey(JsonElement uri) =>
        uri.ValueKind == JsonValueKind.String && SchemaKey.TryParse(uri.GetString(), out var key) ? key : null;

    private async ValueTask<RegistryAnswer> GetAsync(string path, JsonValueKind kind, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _schemas + path);
            if (Options.ApiKey is not null)
                request.Headers.TryAddWithoutValidation("apikey", Options.ApiKey);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(response, kind, either.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return RegistryAnswer.Of(RegistryError.ClientFailure(failure.Message));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var reason = deadline.IsCancellationRequested ? $"No answer within {timeout.TotalSeconds:0.###} seconds." : "The client gave up waiting.";
            return RegistryAnswer.Of(RegistryError.ClientFailure(reason));
        }
    }

    private static async ValueTask<RegistryAnswer> ReadAsync(HttpResponseMessage response, JsonValueKind kind, CancellationToken cancellation)
    {
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return RegistryAnswer.NotFound;
        if (!response.IsSuccessStatusCode)
            return RegistryAnswer.Of(RegistryError.RepoFailure($"The answer has status {(int)response.StatusCode}."));

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var document = new byte[Math.Clamp(response.Content.Headers.ContentLength ?? 16 * 1024, 1, MaxDocumentBytes) + 1];
        var length = 0;
        while (await body.ReadAsync(document.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
            if (length > MaxDocumentBytes)
                return RegistryAnswer.Of(RegistryError.RepoFailure($"The schema is larger than {MaxDocumentBytes} bytes."));
            if (length == document.Length)
                Array.Resize(ref document, Math.Min(length * 2, MaxDocumentBytes + 1));
        }

        Array.Resize(ref document, length);
        return IsJson(document, kind)
            ? RegistryAnswer.Of(document)
            : RegistryAnswer.Of(RegistryError.RepoFailure($"The answer is no JSON {(kind == JsonValueKind.Object ? "object" : "array")}."));
    }

    /// <summary>A proxy's error page with status 200 is a failure of the registry, not a broken schema.</summary>
    private static bool IsJson(byte[] document, JsonValueKind kind)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document, JsonOptions);
            return parsed.RootElement.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
