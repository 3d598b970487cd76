using System.Net;
using Microsoft.AspNetCore.Http;
using Snowplow.Collector.Cookies;

namespace Snowplow.Collector.Requests;

/// <summary>Who sends a request: spec §2, steps 5 to 11.</summary>
/// <param name="IsAnonymous">Whether the header <c>SP-Anonymous</c> is there, with whatever value.</param>
/// <param name="Address">The client's address. An anonymous request's is for the partition key alone.</param>
/// <param name="UserAgent">The header <c>User-Agent</c>, or null.</param>
/// <param name="Cookie">The value of the collector's cookie, valid or not, or null.</param>
/// <param name="Id">The network user id.</param>
internal readonly record struct Visitor(bool IsAnonymous, string Address, string? UserAgent, string? Cookie, NetworkUserId Id)
{
    /// <summary>The header with which a tracker asks that neither cookie nor address be used.</summary>
    public const string AnonymousHeader = "SP-Anonymous";

    /// <summary>Reads the visitor off a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">Its raw query string.</param>
    /// <param name="address">Where it comes from, or null.</param>
    /// <param name="cookie">The collector's cookie.</param>
    /// <param name="fallbackId">The network user id where the client sent none; null for a new one.</param>
    public static Visitor Of(HttpContext context, string query, IPAddress? address, CollectorCookie cookie, string? fallbackId)
    {
        var headers = context.Request.Headers;
        var anonymous = headers.ContainsKey(AnonymousHeader);
        var value = cookie.Read(headers);
        return new Visitor(
            anonymous,
            address?.ToString() ?? ClientNetwork.Unknown,
            HeaderText.Decode(headers.UserAgent.FirstOrDefault()),
            value,
            anonymous ? NetworkUserId.Anonymous : NetworkUserId.Of(QueryParameter.Find(query, "nuid"), value, fallbackId));
    }
}
