using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Snowplow.Collector.Responses;

/// <summary>Puts <c>Strict-Transport-Security</c> on every answer, before whatever else the host has in its pipeline.</summary>
internal sealed class HstsHeader(HstsOptions options) : IStartupFilter
{
    private readonly string _value = string.Create(CultureInfo.InvariantCulture, $"max-age={(long)options.MaxAge.TotalSeconds}; includeSubDomains");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, answer) =>
        {
            context.Response.Headers.StrictTransportSecurity = _value;
            return answer(context);
        });
        next(app);
    };
}
