namespace Snowplow.Silo.Simulate;

/// <summary>An amount in cents, written as trackers write amounts: <c>19.90</c>.</summary>
internal readonly record struct Money(int Cents) : IUtf8SpanFormattable
{
    public static Money operator +(Money left, Money right) => new(left.Cents + right.Cents);

    public static Money operator *(Money amount, int times) => new(amount.Cents * times);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        System.Text.Unicode.Utf8.TryWrite(utf8Destination, $"{Cents / 100}.{Cents % 100:D2}", out bytesWritten);
}
