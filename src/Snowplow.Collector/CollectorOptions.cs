using Snowplow.Collector.Cookies;

namespace Snowplow.Collector;

/// <summary>The configuration section <c>Collector</c>. Defaults are Snowplow's unless they say otherwise.</summary>
public sealed record CollectorOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Collector";

    /// <summary>
    /// Bytes that a request's body may have, before and after content decoding; beyond it the answer is 413. With its
    /// headers, which <see cref="MaxHeadersBytes"/> bounds, it must fit the raw stream: at most 15 MiB here.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 2 << 20;

    /// <summary>
    /// Bytes of bodies and of payloads made of them that may be held at one time, over all requests, at least four times
    /// <see cref="MaxBodyBytes"/>; beyond it the answer is 503.
    /// </summary>
    public long MaxHeldBytes { get; init; } = 256L << 20;

    /// <summary>Bytes that a request line may have; beyond it the answer is 414.</summary>
    public int MaxRequestLineBytes { get; init; } = 20480;

    /// <summary>Bytes that all headers of a request may have; beyond it the answer is 431.</summary>
    public int MaxHeadersBytes { get; init; } = 40960;

    /// <summary>
    /// Connections that may be open at one time; further ones are closed at once. Snowplow's 1,024 is too few for browsers
    /// that keep theirs open for <see cref="IdleTimeout"/>.
    /// </summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>How long a connection stays open between requests.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(610);

    /// <summary>How long the request line and headers may take to arrive; beyond it the answer is 408.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may take to arrive; beyond it the answer is 408.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long browsers may remember a preflight's answer, in whole seconds; −1 s forbids it.</summary>
    public TimeSpan AccessControlMaxAge { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>The cookie that holds the network user id.</summary>
    public CollectorCookieOptions Cookie { get; init; } = new();

    /// <summary>Lists all that is wrong with these options; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        InRange(MaxBodyBytes, 1, 15 << 20, nameof(MaxBodyBytes));
        InRange(MaxHeldBytes, 4L * MaxBodyBytes, long.MaxValue, nameof(MaxHeldBytes));
        InRange(MaxRequestLineBytes, 256, 128 << 10, nameof(MaxRequestLineBytes));
        InRange(MaxHeadersBytes, 1024, 128 << 10, nameof(MaxHeadersBytes));
        InRange(MaxConnections, 1, int.MaxValue, nameof(MaxConnections));
        Positive(IdleTimeout, nameof(IdleTimeout));
        Positive(HeadersTimeout, nameof(HeadersTimeout));
        Positive(BodyTimeout, nameof(BodyTimeout));
        if (AccessControlMaxAge < TimeSpan.FromSeconds(-1)) errors.Add($"{nameof(AccessControlMaxAge)} must be at least -1 second, is {AccessControlMaxAge}");
        errors.AddRange(Cookie.Validate().Select(e => $"{nameof(Cookie)}:{e}"));
        return errors;

        void InRange(long value, long least, long most, string name)
        {
            if (value < least || value > most) errors.Add($"{name} must be {least} to {most}, is {value}");
        }

        void Positive(TimeSpan value, string name)
        {
            if (value <= TimeSpan.Zero) errors.Add($"{name} must be more than zero, is {value}");
        }
    }
}
