using System.Text;
using Snowplow.Enrich.Parameters;

namespace Snowplow.Enrich.Tests.Parameters;

public sealed class DecimalTextTests
{
    // The right column is what java.math.BigDecimal.toString gives, positive exponents written out.
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00", "0.00")]
    [InlineData("12", "12")]
    [InlineData("+12", "12")]
    [InlineData("0012.50", "12.50")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("1E3", "1000")]
    [InlineData("1.5e3", "1500")]
    [InlineData("1.2345E2", "123.45")]
    [InlineData("-1.5E-3", "-0.0015")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1E-7")]
    [InlineData("0.00000012", "1.2E-7")]
    [InlineData("-12E-10", "-1.2E-9")]
    [InlineData("0E5", "0")]
    [InlineData("0E-10", "0E-10")]
    [InlineData("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789")]
    public void TryNormalise_OfANumber_WritesJavasText(string text, string expected) => Normalise(text).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    [InlineData("1E1000000")]
    [InlineData("1E9999999999")]
    [InlineData("--1")]
    public void TryNormalise_OfWhatIsNoNumberOrTooLong_IsFalse(string text) => Normalise(text).ShouldBeNull();

    [Fact]
    public void TryNormalise_OfTheLongestNumbers_StaysInItsBuffer()
    {
        var digits = new string('9', DecimalText.MaxLength / 2);
        Normalise(digits).ShouldBe(digits);
        Normalise(digits + "9").ShouldBeNull();
        Normalise($"-0.{digits[1..]}").ShouldBe($"-0.{digits[1..]}");
        Normalise($"-{digits}E-999999999").ShouldNotBeNull().ShouldEndWith("E-999999872");
        Normalise($"-1E{DecimalText.MaxLength / 2 - 1}").ShouldNotBeNull().Length.ShouldBe(DecimalText.MaxLength / 2 + 1);
    }

    private static string? Normalise(string text)
    {
        var destination = new byte[DecimalText.MaxLength];
        return DecimalText.TryNormalise(Encoding.UTF8.GetBytes(text), destination, out var length)
            ? Encoding.UTF8.GetString(destination, 0, length)
            : null;
    }
}
