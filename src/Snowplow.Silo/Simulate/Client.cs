namespace Snowplow.Silo.Simulate;

/// <summary>What a visitor's browser, app or server says about itself in the headers of every request.</summary>
/// <param name="UserAgent">The <c>User-Agent</c> header.</param>
/// <param name="Address">The client address, sent as <c>X-Forwarded-For</c>.</param>
/// <param name="Cookie">The <c>Cookie</c> header with the collector's <c>sp</c> cookie; null when there is none.</param>
/// <param name="Origin">The <c>Origin</c> header of a cross-origin request of a web page; null outside browsers.</param>
/// <param name="IsAnonymous">Sends <c>SP-Anonymous: *</c>: the collector must keep neither address nor cookie.</param>
internal sealed record Client(string UserAgent, string Address, string? Cookie, string? Origin, bool IsAnonymous);
