namespace Snowplow.Silo.Interventions;

/// <summary>A webhook that is told of interventions.</summary>
internal sealed record WebhookOptions
{
    /// <summary>The least length of a secret, in characters.</summary>
    public const int MinSecretLength = 16;

    /// <summary>Where interventions are posted.</summary>
    public Uri? Url { get; init; }

    /// <summary>What requests are signed with; known to the receiver.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The names of the interventions that go there; empty for all.</summary>
    public List<string> Interventions { get; init; } = [];

    /// <summary>All that is wrong, one message each.</summary>
    /// <param name="path">The setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"{path}:Url must be an address such as https://crm.example/hook, but is '{Url}'.";
        if (Secret.Length < MinSecretLength)
            yield return $"{path}:Secret must have at least {MinSecretLength} characters: requests are signed with it. Make one with 'openssl rand -hex 32'.";
    }
}
