using System.Security;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Snowplow.Collector.Responses;

/// <summary>The pages that are answered as configured: <c>/</c> and <c>/crossdomain.xml</c>.</summary>
internal sealed class ConfiguredPages(RootResponseOptions root, CrossDomainOptions crossDomain)
{
    private readonly byte[] _root = Encoding.UTF8.GetBytes(root.Body);
    private readonly byte[] _crossDomain = Encoding.UTF8.GetBytes(CrossDomainXml(crossDomain));

    /// <summary>The root response.</summary>
    public Task RootAsync(HttpContext context)
    {
        foreach (var (name, value) in root.Headers) context.Response.Headers[name] = value;
        if (_root.Length > 0) return FixedResponse.WriteAsync(context, root.StatusCode, context.Response.ContentType ?? "text/plain; charset=UTF-8", _root);
        context.Response.StatusCode = root.StatusCode;
        return Task.CompletedTask;
    }

    /// <summary>Flash's policy.</summary>
    public Task CrossDomainAsync(HttpContext context) => FixedResponse.WriteAsync(context, 200, "text/xml; charset=UTF-8", _crossDomain);

    private static string CrossDomainXml(CrossDomainOptions options)
    {
        var secure = options.Secure ? "true" : "false";
        var lines = (options.Domains.Count > 0 ? options.Domains : ["*"])
            .Select(domain => $"  <allow-access-from domain=\"{SecurityElement.Escape(domain)}\" secure=\"{secure}\" />\n");
        return $"<?xml version=\"1.0\"?>\n<cross-domain-policy>\n{string.Concat(lines)}</cross-domain-policy>\n";
    }
}
