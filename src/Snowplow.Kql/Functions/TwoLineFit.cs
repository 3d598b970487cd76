using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>
/// Two lines through a series: it is split where the squares of the distances from the lines of its two parts are least, each part with two numbers or
/// more. Each line has the place 0 where its part begins.
/// </summary>
internal static class TwoLineFit
{
    private const int LeastNumbers = 2;

    /// <summary>The fit as a bag, with one of each side; null where there are too few numbers.</summary>
    public static Bag? Describe(object? series)
    {
        if (SeriesNumbers.Of(series) is not { } numbers || Split(numbers) is not { } split) return null;
        var (left, right) = (LineFit.Of(numbers.AsSpan(0, split)), LineFit.Of(numbers.AsSpan(split)));
        var whole = LineFit.Of(numbers);
        var rest = left.RestSquares + right.RestSquares;
        double[] line = [.. left.Line(split), .. right.Line(numbers.Length - split)];
        return new Bag
        {
            ["rsquare"] = whole.Squares > 0 ? 1 - (rest / whole.Squares) : 1.0, ["split_idx"] = (long)split, ["variance"] = whole.Variance,
            ["rvariance"] = rest / (whole.Count - 1), ["line_fit"] = SeriesNumbers.ToArray(line), ["right"] = Side(right), ["left"] = Side(left),
        };
    }

    private static Bag Side(LineFit fit) => new()
    {
        ["rsquare"] = fit.RSquare, ["slope"] = fit.Slope, ["interception"] = fit.Interception, ["variance"] = fit.Variance, ["rvariance"] = fit.RestVariance,
    };

    // Where the right part begins. Both sides grow by one number at a time, so that all splits together take one pass each way.
    private static int? Split(double[] numbers)
    {
        var rests = new double[numbers.Length + 1];
        Array.Fill(rests, double.PositiveInfinity);
        var right = default(LineFit);
        for (var i = numbers.Length - 1; i >= 0; i--)
        {
            right.Add(i, numbers[i]);
            if (right.Count >= LeastNumbers) rests[i] = right.RestSquares;
        }

        var left = default(LineFit);
        int? best = null;
        var least = double.PositiveInfinity;
        for (var i = 1; i < numbers.Length; i++)
        {
            left.Add(i - 1, numbers[i - 1]);
            if (left.Count < LeastNumbers || !(left.RestSquares + rests[i] < least)) continue;
            least = left.RestSquares + rests[i];
            best = i;
        }

        return best;
    }
}
