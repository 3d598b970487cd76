using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>range</c>: values at equal steps, both ends included; none where the step leads away.</summary>
internal sealed class Range(ColumnSymbol column, object from, object step, long count) : PlanNode(new RowSchema([column]))
{
    public override bool IsSerialized => true;

    public override long? EstimatedRows => count;

    public static PlanNode Bind(RangeSyntax syntax, Binder binder)
    {
        var from = binder.Scalar(syntax.From, null);
        var to = binder.Scalar(syntax.To, null);
        var step = binder.Scalar(syntax.Step, null);
        var type = from.Type == KqlType.DateTime || to.Type == KqlType.DateTime ? KqlType.DateTime
            : from.Type.IsNumeric() && to.Type.IsNumeric() && step.Type.IsNumeric() ? KqlTypes.Wider(KqlTypes.Wider(from.Type, to.Type), step.Type)
            : from.Type == KqlType.Dynamic ? step.Type
            : from.Type;
        if (type == KqlType.Decimal) type = KqlType.Real;
        var stepType = type == KqlType.DateTime ? KqlType.TimeSpan : type;
        if (type is not (KqlType.Int or KqlType.Long or KqlType.Real or KqlType.DateTime or KqlType.TimeSpan)) throw BindFailure.Semantic("SEM0104", $"'range' has no steps of {type.Name()}", syntax.Span);
        var first = binder.Constant(syntax.From, type);
        var last = binder.Constant(syntax.To, type);
        var width = binder.Constant(syntax.Step, stepType);
        var column = new ColumnSymbol(syntax.Name, type);
        return first is null || last is null || width is null ? new Range(column, 0L, 0L, 0) : new Range(column, Number(first), Number(width), CountOf(Number(first), Number(last), Number(width), syntax.Span));
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var pieces = (count + Batch.Size - 1) / Batch.Size;
        var parts = (int)Math.Clamp(Math.Min(context.Workers, pieces / 4), 1, 256);
        return [.. Enumerable.Range(0, parts).Select(part => Values(pieces * part / parts, pieces * (part + 1) / parts, context))];
    }

    private static object Number(object value) => value switch { DateTime time => time.Ticks, TimeSpan span => span.Ticks, int number => (long)number, _ => value };

    private static long CountOf(object from, object to, object step, TextSpan span)
    {
        var count = (from, to, step) switch
        {
            (double a, double b, double s) => s == 0 || double.IsNaN(s) ? 0 : Math.Floor(((b - a) / s) + 1e-9) + 1,
            (long a, long b, long s) => s == 0 ? 0 : Math.Floor((double)(((Int128)b - a) / s)) + (((Int128)b - a) * Math.Sign(s) < 0 ? 0 : 1),
            _ => 0,
        };
        if (count > long.MaxValue / 4) throw BindFailure.Semantic("SEM0211", "'range' has too many values", span);
        return Math.Max(0, (long)count);
    }

    private IEnumerable<Batch> Values(long firstPiece, long endPiece, QueryContext context)
    {
        for (var piece = firstPiece; piece < endPiece; piece++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var start = piece * Batch.Size;
            var size = (int)Math.Min(Batch.Size, count - start);
            yield return new Batch(Schema, [Piece(start, size)], size);
        }
    }

    private Column Piece(long start, int size)
    {
        if (from is double real)
        {
            var reals = new double[size];
            for (var i = 0; i < size; i++) reals[i] = real + ((start + i) * (double)step);
            return new ValueColumn<double>(column.Type, reals);
        }

        var longs = new long[size];
        for (var i = 0; i < size; i++) longs[i] = (long)from + ((start + i) * (long)step);
        return column.Type == KqlType.Int ? new ValueColumn<int>(column.Type, [.. longs.Select(value => (int)value)]) : new ValueColumn<long>(column.Type, longs);
    }
}
