namespace Snowplow.Enrich.Iglu;

/// <summary>Why a registry gave no schema, as in <c>lookupHistory[].errors[]</c> of Snowplow's bad rows.</summary>
/// <param name="Error"><c>NotFound</c>; <c>RepoFailure</c> (it answered, but not with a schema); <c>ClientFailure</c> (no answer).</param>
/// <param name="Message">What happened, at most 256 characters; null for <c>NotFound</c>.</param>
public sealed record RegistryError(string Error, string? Message)
{
    private const int MaxMessageLength = 256;

    /// <summary>The registry does not have the schema.</summary>
    public static RegistryError NotFound { get; } = new("NotFound", null);

    /// <summary>Whether the registry's word counts: it does not have the schema.</summary>
    public bool IsNotFound => Error == NotFound.Error;

    /// <summary>The registry answered with something else than a schema or "not found".</summary>
    public static RegistryError RepoFailure(string message) => new("RepoFailure", Cut(message));

    /// <summary>The registry could not be asked.</summary>
    public static RegistryError ClientFailure(string message) => new("ClientFailure", Cut(message));

    private static string Cut(string message) => message.Length <= MaxMessageLength ? message : message[..MaxMessageLength];
}
