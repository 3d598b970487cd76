using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Units;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>Laws of functions of numbers and texts.</summary>
public sealed class MathsLawTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 20_000 : 300;

    [Fact]
    public void Gamma_OfAnyNumber_FollowsItsRecurrence()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var x = (new Random(seed).NextDouble() * 60) - 20;

            (GammaFunction.Of(x + 1) / (x * GammaFunction.Of(x))).ShouldBe(1, 1e-11, $"{x}");
            (GammaFunction.Log(x + 1) - GammaFunction.Log(x) - Math.Log(Math.Abs(x))).ShouldBe(0, 1e-11, $"{x}");
        }
    }

    [Fact]
    public void ErrorFunction_AndItsComplement_MakeOneAndMeetWhereTheMethodsDo()
    {
        for (var x = -6.0; x <= 6; x += 1 / 64.0)
        {
            (ErrorFunction.Of(x) + ErrorFunction.Complement(x)).ShouldBe(1, 1e-15);
            ErrorFunction.Of(-x).ShouldBe(-ErrorFunction.Of(x));
        }

        ErrorFunction.Of(Math.BitDecrement(2)).ShouldBe(ErrorFunction.Of(2), 1e-15);
        (ErrorFunction.Complement(Math.BitDecrement(2)) / ErrorFunction.Complement(2)).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void NormalQuantile_OfKnownShares_IsTheirs()
    {
        Normal.Quantile(0.5).ShouldBe(0, 1e-15);
        Normal.Quantile(0.975).ShouldBe(1.959963984540054, 1e-12);
        Normal.Quantile(0.001).ShouldBe(-3.090232306167813, 1e-12);
    }

    [Fact]
    public void BetaQuantile_OfAShare_IsWhereTheShareIs()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            // Below 1 the density has no bound, and neighbouring numbers have shares that differ.
            var (alpha, beta, share) = (Math.Exp(random.NextDouble() * 8), Math.Exp(random.NextDouble() * 8), random.NextDouble());

            BetaFunction.Share(BetaFunction.Quantile(share, alpha, beta), alpha, beta).ShouldBe(share, 1e-9, $"{alpha}, {beta}");
            (BetaFunction.Share(share, alpha, beta) + BetaFunction.Share(1 - share, beta, alpha)).ShouldBe(1, 1e-11, $"{alpha}, {beta}, {share}");
        }
    }

    [Fact]
    public void BetaShare_OfWholeParameters_IsTheSumOfABinomialDistribution()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (a, b, x) = (random.Next(1, 20), random.Next(1, 20), random.NextDouble());
            var n = a + b - 1;

            var sum = Enumerable.Range(a, n - a + 1).Sum(j => GammaFunction.Of(n + 1) / (GammaFunction.Of(j + 1) * GammaFunction.Of(n - j + 1)) * Math.Pow(x, j) * Math.Pow(1 - x, n - j));

            BetaFunction.Share(x, a, b).ShouldBe(sum, 1e-11, $"{x}, {a}, {b}");
        }
    }

    [Fact]
    public void Polynomial_OfPointsOnOne_IsFound()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var degree = random.Next(0, 8);
            var coefficients = Enumerable.Range(0, degree + 1).Select(_ => (2 * random.NextDouble()) - 1).ToArray();
            var x = Enumerable.Range(0, degree + 1 + random.Next(40)).Select(i => i / 10.0).ToArray();
            var y = Array.ConvertAll(x, place => coefficients.Aggregate(0.0, (sum, coefficient) => (sum * place) + coefficient));

            var fit = PolynomialFit.Describe(SeriesNumbers.ToArray(y), SeriesNumbers.ToArray(x), degree)!;

            var found = (object?[])fit[1]!;
            for (var i = 0; i <= degree; i++) ((double)found[i]!).ShouldBe(coefficients[i], 1e-5, $"seed {seed}");
            for (var i = 0; i < x.Length; i++) ((double)((object?[])fit[4]!)[i]!).ShouldBe(y[i], 1e-9 * (1 + Math.Abs(y[i])), $"seed {seed}");
        }
    }

    [Fact]
    public void EncodedTexts_OfAnyCharacters_AreReadBack()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => char.ConvertFromUtf32(random.Next(4) switch
            {
                0 => random.Next(0x1F600, 0x1F650), 1 => random.Next(0x4E00, 0x4F00), 2 => random.Next(0xE0, 0x180), _ => random.Next('a', 'z' + 1),
            })));

            Punycode.Decode(Punycode.Encode(text)!).ShouldBe(text, $"seed {seed}");
            Punycode.DecodeDomain(Punycode.EncodeDomain($"www.{text}.example")!).ShouldBe($"www.{text}.example", $"seed {seed}");
            Compression.Gunzip(Compression.Gzip(text)).ShouldBe(text);
            Compression.Unzlib(Compression.Zlib(text)).ShouldBe(text);
        }
    }

    [Fact]
    public void Units_ThereAndBack_GiveTheSame()
    {
        foreach (var table in new[] { AngleUnits.All, EnergyUnits.All, ForceUnits.All, LengthUnits.All, MassUnits.All, SpeedUnits.All, TemperatureUnits.All, VolumeUnits.All })
            foreach (var from in table.Names)
                foreach (var to in table.Names)
                    table.Convert(table.Convert(0.1, from, to)!.Value, to, from)!.Value.ShouldBe(0.1, 1e-6, $"{from}, {to}");
    }

    [Fact]
    public void Geohash_OfAnyPoint_HasItInItsCell()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (longitude, latitude, length) = ((random.NextDouble() * 360) - 180, (random.NextDouble() * 180) - 90, random.Next(1, 19));

            var hash = Globe.Geohash(longitude, latitude, length);

            hash.Length.ShouldBe(length);
            var middle = (object?[])Globe.Middle(hash)!["coordinates"]!;
            // A letter is five bits, longitude first.
            ((double)middle[0]!).ShouldBe(longitude, 180 / Math.Pow(2, ((5 * length) + 1) / 2), $"seed {seed}");
            ((double)middle[1]!).ShouldBe(latitude, 90 / Math.Pow(2, 5 * length / 2), $"seed {seed}");
        }
    }
}
