using System.Text.Json.Serialization;

namespace Snowplow.Silo.Kusto;

/// <summary>
/// What clients ask for before their first request: how users sign in. These are the public ids of Azure's cloud, which clients want to see; this
/// server takes its API key as bearer token instead, and none on its own machine.
/// </summary>
internal sealed record AuthMetadata([property: JsonPropertyName("AzureAD")] AzureAD AzureAD)
{
    /// <summary>The answer of <c>GET /v1/rest/auth/metadata</c>.</summary>
    public static readonly AuthMetadata Default = new(new AzureAD(
        "https://login.microsoftonline.com", LoginMfaRequired: false, "db662dc1-0cfe-4e1c-a843-19a68e65be58", "https://microsoft/kustoclient",
        "https://kusto.kusto.windows.net", "https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a"));
}

/// <summary>The part on Entra ID.</summary>
/// <param name="LoginEndpoint">Where users sign in.</param>
/// <param name="LoginMfaRequired">Whether they need a second factor.</param>
/// <param name="KustoClientAppId">The application that clients sign in as.</param>
/// <param name="KustoClientRedirectUri">Where they come back to.</param>
/// <param name="KustoServiceResourceId">What they ask a token for.</param>
/// <param name="FirstPartyAuthorityUrl">The authority of Microsoft's own applications.</param>
internal sealed record AzureAD(
    [property: JsonPropertyName("LoginEndpoint")] string LoginEndpoint,
    [property: JsonPropertyName("LoginMfaRequired")] bool LoginMfaRequired,
    [property: JsonPropertyName("KustoClientAppId")] string KustoClientAppId,
    [property: JsonPropertyName("KustoClientRedirectUri")] string KustoClientRedirectUri,
    [property: JsonPropertyName("KustoServiceResourceId")] string KustoServiceResourceId,
    [property: JsonPropertyName("FirstPartyAuthorityUrl")] string FirstPartyAuthorityUrl);
