namespace Snowplow.Kql.Functions;

/// <summary>The fast Fourier transform of complex numbers, in n log n steps for every n.</summary>
internal static class Fourier
{
    /// <summary>Transforms in place: sums of x[j]·e^(−2πijk/n), or back: those of e^(2πijk/n), over n.</summary>
    public static void Transform(double[] real, double[] imaginary, bool isBack)
    {
        // The inverse is the transform of the conjugates, conjugated.
        if (isBack) Negate(imaginary);
        if (int.IsPow2(real.Length)) ByHalves(real, imaginary);
        else if (real.Length > 1) ByConvolution(real, imaginary);
        if (!isBack) return;
        for (var i = 0; i < real.Length; i++)
        {
            real[i] /= real.Length;
            imaginary[i] /= -real.Length;
        }
    }

    /// <summary>The convolution of two arrays: as many numbers as both have, less one.</summary>
    public static double[] Convolve(double[] a, double[] b)
    {
        var length = a.Length + b.Length - 1;
        var (real, imaginary) = Padded(a, b, length);
        // One transform of a + ib does for both: its square has twice a·b as imaginary part.
        Transform(real, imaginary, false);
        for (var i = 0; i < real.Length; i++)
            (real[i], imaginary[i]) = ((real[i] * real[i]) - (imaginary[i] * imaginary[i]), 2 * real[i] * imaginary[i]);
        Transform(real, imaginary, true);
        var result = new double[length];
        for (var i = 0; i < length; i++) result[i] = imaginary[i] / 2;
        return result;
    }

    /// <summary>For each lag the sum of products of numbers so far apart.</summary>
    public static double[] Autocorrelation(double[] numbers)
    {
        var (real, imaginary) = Padded(numbers, [], 2 * numbers.Length);
        Transform(real, imaginary, false);
        for (var i = 0; i < real.Length; i++) (real[i], imaginary[i]) = ((real[i] * real[i]) + (imaginary[i] * imaginary[i]), 0);
        Transform(real, imaginary, true);
        return real[..numbers.Length];
    }

    private static (double[] Real, double[] Imaginary) Padded(double[] real, double[] imaginary, int length)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length);
        var (a, b) = (new double[size], new double[size]);
        real.CopyTo(a, 0);
        imaginary.CopyTo(b, 0);
        return (a, b);
    }

    private static void Negate(double[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++) numbers[i] = -numbers[i];
    }

    // Cooley and Tukey's way, for powers of two.
    private static void ByHalves(double[] real, double[] imaginary)
    {
        var n = real.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            var bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i >= j) continue;
            (real[i], real[j]) = (real[j], real[i]);
            (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
        }

        var turns = new (double Sin, double Cos)[n / 2];
        for (var i = 0; i < turns.Length; i++) turns[i] = Math.SinCos(-2 * Math.PI * i / n);
        for (var half = 1; half < n; half <<= 1)
        {
            var step = n / (2 * half);
            for (var start = 0; start < n; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (sin, cos) = turns[k * step];
                    var (a, b) = (start + k, start + k + half);
                    var x = (real[b] * cos) - (imaginary[b] * sin);
                    var y = (real[b] * sin) + (imaginary[b] * cos);
                    (real[b], imaginary[b]) = (real[a] - x, imaginary[a] - y);
                    (real[a], imaginary[a]) = (real[a] + x, imaginary[a] + y);
                }
            }
        }
    }

    // Bluestein's way, for all other lengths: a convolution with a chirp, since jk = (j² + k² − (k − j)²) / 2.
    private static void ByConvolution(double[] real, double[] imaginary)
    {
        var n = real.Length;
        var chirp = new (double Sin, double Cos)[n];
        // The square is taken modulo 2n first: the angle of a large one would have lost its digits.
        for (var i = 0; i < n; i++) chirp[i] = Math.SinCos(-Math.PI * ((long)i * i % (2L * n)) / n);
        var (a, b) = Padded([], [], (2 * n) - 1);
        var (c, d) = (new double[a.Length], new double[a.Length]);
        for (var i = 0; i < n; i++)
        {
            var (sin, cos) = chirp[i];
            (a[i], b[i]) = ((real[i] * cos) - (imaginary[i] * sin), (real[i] * sin) + (imaginary[i] * cos));
            (c[i], d[i]) = (cos, -sin);
            if (i > 0) (c[^i], d[^i]) = (cos, -sin);
        }

        Transform(a, b, false);
        Transform(c, d, false);
        for (var i = 0; i < a.Length; i++) (a[i], b[i]) = ((a[i] * c[i]) - (b[i] * d[i]), (a[i] * d[i]) + (b[i] * c[i]));
        Transform(a, b, true);
        for (var i = 0; i < n; i++)
        {
            var (sin, cos) = chirp[i];
            (real[i], imaginary[i]) = ((a[i] * cos) - (b[i] * sin), (a[i] * sin) + (b[i] * cos));
        }
    }
}
