namespace Snowplow.Enrich.Iglu;

/// <summary>A registry's answer: a document or an error.</summary>
/// <param name="Document">The schema document; null on error.</param>
/// <param name="Error">Why there is none; null on success.</param>
internal readonly record struct RegistryAnswer(byte[]? Document, RegistryError? Error)
{
    /// <summary>The registry does not have the schema.</summary>
    public static RegistryAnswer NotFound { get; } = new(null, RegistryError.NotFound);

    /// <summary>The document of a schema.</summary>
    public static RegistryAnswer Of(byte[] document) => new(document, null);

    /// <summary>An error that may pass.</summary>
    public static RegistryAnswer Of(RegistryError error) => new(null, error);
}
