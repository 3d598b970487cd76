using System.Globalization;

namespace Snowplow.Storage.Landing;

/// <summary>
/// A partition, named by its stream's identity and its number: a recreated stream has another identity, so its
/// positions are never taken for the old one's.
/// </summary>
/// <param name="Stream">The stream's identity: 1 to 32 characters of <c>[a-z0-9]</c>.</param>
/// <param name="Number">The partition's number, from 0 to 65535.</param>
public readonly record struct PartitionName(string Stream, int Number)
{
    /// <summary>The longest identity of a stream, in characters.</summary>
    public const int MaxStreamLength = 32;

    /// <summary>The form used in names of files: <c>{stream}-{number:D3}</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stream}-{Number:D3}");

    /// <summary>Reads what <see cref="ToString"/> gives.</summary>
    /// <exception cref="FormatException">The text names no partition.</exception>
    public static PartitionName Parse(string text)
    {
        var dash = text.LastIndexOf('-');
        if (dash > 0 && int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && new PartitionName(text[..dash], number) is { IsValid: true } partition && partition.ToString() == text)
            return partition;
        throw new FormatException($"'{text}' names no partition: expected a stream's identity, '-' and a number of at least 3 digits.");
    }

    internal bool IsValid =>
        Stream is { Length: > 0 and <= MaxStreamLength }
        && Stream.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
        && Number is >= 0 and <= ushort.MaxValue;

    internal void Check()
    {
        if (!IsValid)
            throw new ArgumentException(
                $"'{this}' names no partition: a stream's identity is 1 to {MaxStreamLength} characters of [a-z0-9], a number 0 to {ushort.MaxValue}.");
    }
}
