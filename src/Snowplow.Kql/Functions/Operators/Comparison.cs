using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Operators;

/// <summary>
/// <c>== != &lt; &lt;= &gt; &gt;=</c>. A null equals nothing: <c>null == 5</c> is false and <c>null != 5</c> true, but two nulls compared give null, as
/// does any order with a null. A dynamic value beside a number or bool is compared as what it holds: other kinds are not equal to it and in no order.
/// </summary>
internal static class Comparison
{
    /// <summary>A comparison of two expressions; null where their types do not compare.</summary>
    public static BoundExpression? Bind(string operation, BoundExpression left, BoundExpression right)
    {
        var type = CommonType(left, right);
        if (type is not { } common) return null;
        // A dynamic value is not converted, and what stands beside it need not be.
        var a = common == KqlType.Dynamic ? left : Conversions.To(left, common);
        var b = common == KqlType.Dynamic ? right : Conversions.To(right, common);
        // A dictionary tells equality of strings by itself: the function may be asked once for each of its strings.
        return new CallExpression(operation, KqlType.Bool, Kernel(operation, common), [a, b]);
    }

    /// <summary>The type as which two expressions compare; null where they do not.</summary>
    public static KqlType? CommonType(BoundExpression left, BoundExpression right)
    {
        if (left is ConstantExpression { Value: null, Type: KqlType.Dynamic }) return right.Type;
        if (right is ConstantExpression { Value: null, Type: KqlType.Dynamic }) return left.Type;
        if (left.Type == right.Type) return left.Type;
        if (left.Type.IsNumeric() && right.Type.IsNumeric()) return KqlTypes.Wider(left.Type, right.Type);
        if (left.Type == KqlType.Dynamic) return BesideDynamic(right.Type);
        if (right.Type == KqlType.Dynamic) return BesideDynamic(left.Type);
        // A text beside a datetime, timespan or guid is read as one where it is a literal.
        if (left is ConstantExpression { Type: KqlType.String } && right.Type is KqlType.DateTime or KqlType.TimeSpan or KqlType.Guid) return right.Type;
        if (right is ConstantExpression { Type: KqlType.String } && left.Type is KqlType.DateTime or KqlType.TimeSpan or KqlType.Guid) return left.Type;
        // Booleans compare with numbers as 0 and 1.
        if (left.Type == KqlType.Bool && right.Type.IsNumeric()) return right.Type;
        if (right.Type == KqlType.Bool && left.Type.IsNumeric()) return left.Type;
        return null;
    }

    // JSON has numbers and bools; times and guids are texts in it, which are read.
    private static KqlType BesideDynamic(KqlType type) => type.IsNumeric() || type == KqlType.Bool ? KqlType.Dynamic : type;

    private static Kernel Kernel(string operation, KqlType type) => (arguments, rows, _) =>
    {
        var result = new bool[rows];
        switch (type)
        {
            case KqlType.String: CompareStrings(operation, (StringColumn)arguments[0], (StringColumn)arguments[1], result); break;
            case KqlType.Dynamic: return CompareDynamic(operation, arguments, rows);
            case KqlType.Int: Comparer<int>.Compare(operation, (ValueColumn<int>)arguments[0], (ValueColumn<int>)arguments[1], result); break;
            case KqlType.Real: Comparer<double>.Compare(operation, (ValueColumn<double>)arguments[0], (ValueColumn<double>)arguments[1], result); break;
            case KqlType.Decimal: Comparer<decimal>.Compare(operation, (ValueColumn<decimal>)arguments[0], (ValueColumn<decimal>)arguments[1], result); break;
            case KqlType.Guid: Comparer<Guid>.Compare(operation, (ValueColumn<Guid>)arguments[0], (ValueColumn<Guid>)arguments[1], result); break;
            case KqlType.Bool: Comparer<byte>.Compare(operation, AsBytes(arguments[0]), AsBytes(arguments[1]), result); break;
            default: Comparer<long>.Compare(operation, (ValueColumn<long>)arguments[0], (ValueColumn<long>)arguments[1], result); break;
        }

        return new ValueColumn<bool>(KqlType.Bool, result, Nulls(operation, arguments, result));
    };

    private static ValueColumn<byte> AsBytes(Column column) => column.IsConstant
        ? ValueColumn<byte>.Constant(KqlType.Bool, column.IsNull(0) ? null : column.ValuesAs<byte>()[0], column.Length)
        : new ValueColumn<byte>(KqlType.Bool, column.ValuesAs<byte>().ToArray(), ((ValueColumn<bool>)column).Valid);

    private static Bitmap? Nulls(string operation, Column[] arguments, bool[] result)
    {
        if (!Kernels.HasNulls(arguments)) return null;
        var valid = new Bitmap(result.Length, true);
        for (var i = 0; i < result.Length; i++)
        {
            var nulls = (arguments[0].IsNull(i) ? 1 : 0) + (arguments[1].IsNull(i) ? 1 : 0);
            if (nulls == 0) continue;
            if (nulls == 1 && operation is "==" or "!=") result[i] = operation == "!=";
            else valid[i] = result[i] = false;
        }

        return valid;
    }

    private static void CompareStrings(string operation, StringColumn a, StringColumn b, bool[] result)
    {
        var isEquality = operation is "==" or "!=";
        if (isEquality && a.Pool.SharesIndexes(b.Pool))
        {
            for (var i = 0; i < result.Length; i++) result[i] = a.Code(i) == b.Code(i) == (operation == "==");
            return;
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] = operation switch
            {
                "==" => a.Utf8(i).SequenceEqual(b.Utf8(i)),
                "!=" => !a.Utf8(i).SequenceEqual(b.Utf8(i)),
                "<" => a.Utf8(i).SequenceCompareTo(b.Utf8(i)) < 0,
                "<=" => a.Utf8(i).SequenceCompareTo(b.Utf8(i)) <= 0,
                ">" => a.Utf8(i).SequenceCompareTo(b.Utf8(i)) > 0,
                _ => a.Utf8(i).SequenceCompareTo(b.Utf8(i)) >= 0,
            };
        }
    }

    private static Column CompareDynamic(string operation, Column[] arguments, int rows)
    {
        var writer = new ColumnWriter<bool>(rows);
        for (var i = 0; i < rows; i++)
        {
            var a = DynamicValue.Of(arguments[0].Box(i));
            var b = DynamicValue.Of(arguments[1].Box(i));
            bool? compared = operation switch
            {
                _ when a is null && b is null => null,
                "==" => DynamicValue.AreEqual(a, b),
                "!=" => !DynamicValue.AreEqual(a, b),
                _ => DynamicValue.Compare(a, b) is { } order ? operation switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 } : null,
            };
            if (compared is { } value) writer.Values[i] = value;
            else writer.SetNull(i);
        }

        return writer.Finish();
    }
}
