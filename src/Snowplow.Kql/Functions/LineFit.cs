using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>The line through numbers at places 0, 1, … with the least squares; those that are missing do not count. Numbers are taken in one by one.</summary>
internal struct LineFit
{
    private double _placeMean;
    private double _mean;
    private double _placeSquares;
    private double _products;

    /// <summary>How many numbers count.</summary>
    public int Count { get; private set; }

    /// <summary>The mean of the numbers.</summary>
    public readonly double Mean => _mean;

    /// <summary>The sum of the squares of the distances from the mean.</summary>
    public double Squares { get; private set; }

    /// <summary>The rise of the line from a place to the next.</summary>
    public readonly double Slope => _placeSquares > 0 ? _products / _placeSquares : 0;

    /// <summary>The line at place 0.</summary>
    public readonly double Interception => _mean - (Slope * _placeMean);

    /// <summary>The sum of the squares of the distances from the line.</summary>
    public readonly double RestSquares => Math.Max(0, Squares - (Slope * _products));

    /// <summary>Variance of the numbers as a sample.</summary>
    public readonly double Variance => Count > 1 ? Squares / (Count - 1) : 0;

    /// <summary>Variance of the distances from the line, as a sample.</summary>
    public readonly double RestVariance => Count > 1 ? RestSquares / (Count - 1) : 0;

    /// <summary>How much of the variance the line explains, 0 to 1.</summary>
    public readonly double RSquare => Squares > 0 ? 1 - (RestSquares / Squares) : 1;

    /// <summary>The line of all numbers.</summary>
    public static LineFit Of(ReadOnlySpan<double> numbers)
    {
        var fit = default(LineFit);
        for (var i = 0; i < numbers.Length; i++) fit.Add(i, numbers[i]);
        return fit;
    }

    /// <summary>Takes in a number.</summary>
    public void Add(double place, double number)
    {
        if (!double.IsFinite(number)) return;
        Count++;
        var (byPlace, byNumber) = (place - _placeMean, number - _mean);
        _placeMean += byPlace / Count;
        _mean += byNumber / Count;
        _placeSquares += byPlace * (place - _placeMean);
        Squares += byNumber * (number - _mean);
        _products += byPlace * (number - _mean);
    }

    /// <summary>The line at a place.</summary>
    public readonly double At(double place) => Interception + (Slope * place);

    /// <summary>The line at the first places.</summary>
    public readonly double[] Line(int length)
    {
        var line = new double[length];
        for (var i = 0; i < length; i++) line[i] = At(i);
        return line;
    }

    /// <summary>The line as a bag; null where no number counts.</summary>
    public static Bag? Describe(object? series)
    {
        if (SeriesNumbers.Of(series) is not { } numbers || Of(numbers) is not { Count: > 0 } fit) return null;
        return new Bag
        {
            ["rsquare"] = fit.RSquare, ["slope"] = fit.Slope, ["variance"] = fit.Variance, ["rvariance"] = fit.RestVariance,
            ["interception"] = fit.Interception, ["line_fit"] = SeriesNumbers.ToArray(fit.Line(numbers.Length)),
        };
    }
}
