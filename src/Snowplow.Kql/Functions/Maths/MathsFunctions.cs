using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary>The functions of this folder.</summary>
internal static class MathsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Abs.Function, Ceiling.Function, Round.Function, Sign.Function, Sqrt.Function, Pow.Function, Exp.Function, Exp2.Function,
        Exp10.Function, Log.Function, Log2.Function, Log10.Function, Pi.Function, Sin.Function, Cos.Function, Tan.Function,
        Asin.Function, Acos.Function, Atan.Function, Atan2.Function, Radians.Function, Degrees.Function, Rand.Function,
        NewGuid.Function, Tohex.Function, BinaryAnd.Function, BinaryOr.Function, BinaryXor.Function, BinaryNot.Function,
        BinaryShiftLeft.Function, BinaryShiftRight.Function, BitsetCountOnes.Function, Cot.Function, Gamma.Function,
        Loggamma.Function, Erf.Function, Erfc.Function, BetaCdf.Function, BetaInv.Function, BetaPdf.Function,
        WelchTest.Function,
    ];
}
