namespace Snowplow.Enrich.Enrichments;

/// <summary>A header of the request, taken apart without copying.</summary>
internal readonly ref struct RequestHeader
{
    /// <summary>The name as the client wrote it.</summary>
    public ReadOnlySpan<char> Name { get; private init; }

    /// <summary>The value without surrounding space.</summary>
    public ReadOnlySpan<char> Value { get; private init; }

    /// <summary>Takes <c>Name: value</c> apart; false for the bare content type that ends a collector payload's list.</summary>
    public static bool TryRead(string line, out RequestHeader header)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        header = colon <= 0 ? default : new RequestHeader { Name = line.AsSpan(0, colon), Value = line.AsSpan(colon + 1).Trim() };
        return colon > 0;
    }
}
