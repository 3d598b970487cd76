using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions.Core;

/// <summary>
/// A scalar function: its forms, each typed by the delegate that evaluates it. Null in any argument gives null (the empty string where the result is
/// one), unless a form says otherwise.
/// </summary>
internal sealed class ScalarFunction
{
    private readonly List<Overload> _overloads = [];
    private readonly List<string> _aliases = [];

    private ScalarFunction(string name, int tier, string summary)
    {
        Name = name;
        Tier = tier;
        Summary = summary;
    }

    public string Name { get; }

    /// <summary>How much it is needed: 1 must, 2 expected, 3 nice.</summary>
    public int Tier { get; }

    /// <summary>What it gives, as a sentence.</summary>
    public string Summary { get; }

    public IReadOnlyList<string> Aliases => _aliases;

    public IReadOnlyList<Overload> Overloads => _overloads;

    public NameRule NameRule { get; private set; }

    /// <summary>What the names of columns are made with where the rule says so.</summary>
    public string? NamePrefix { get; private set; }

    public FunctionTraits Traits { get; private set; }

    /// <summary>Binds what no list of types can say; null where the arguments do not fit.</summary>
    public Func<IReadOnlyList<BoundExpression>, BoundExpression?>? Binding { get; private set; }

    public static ScalarFunction Named(string name, int tier, string summary) => new(name, tier, summary);

    public ScalarFunction Alias(params string[] names)
    {
        _aliases.AddRange(names);
        return this;
    }

    public ScalarFunction NamedBy(NameRule rule, string? prefix = null)
    {
        NameRule = rule;
        NamePrefix = prefix;
        return this;
    }

    public ScalarFunction With(FunctionTraits traits)
    {
        Traits = traits;
        return this;
    }

    public ScalarFunction Bound(Func<IReadOnlyList<BoundExpression>, BoundExpression?> binding)
    {
        Binding = binding;
        return this;
    }

    public ScalarFunction On<TA, TResult>(Func<TA, TResult> f) => Add<TResult>(Kernels.Of(f), ClrTypes.KqlTypeOf<TA>());

    public ScalarFunction On<TA, TB, TResult>(Func<TA, TB, TResult> f) => Add<TResult>(Kernels.Of(f), ClrTypes.KqlTypeOf<TA>(), ClrTypes.KqlTypeOf<TB>());

    public ScalarFunction On<TA, TB, TC, TResult>(Func<TA, TB, TC, TResult> f) =>
        Add<TResult>(Kernels.Of(f), ClrTypes.KqlTypeOf<TA>(), ClrTypes.KqlTypeOf<TB>(), ClrTypes.KqlTypeOf<TC>());

    public ScalarFunction On<TA, TB, TC, TD, TResult>(Func<TA, TB, TC, TD, TResult> f) =>
        Add<TResult>(Kernels.Of(f), ClrTypes.KqlTypeOf<TA>(), ClrTypes.KqlTypeOf<TB>(), ClrTypes.KqlTypeOf<TC>(), ClrTypes.KqlTypeOf<TD>());

    /// <summary>A form whose result may be null.</summary>
    public ScalarFunction Try<TA, TResult>(Func<TA, TResult?> f)
        where TResult : struct => Add<TResult>(Kernels.Nullable(f), ClrTypes.KqlTypeOf<TA>());

    public ScalarFunction Try<TA, TB, TResult>(Func<TA, TB, TResult?> f)
        where TResult : struct => Add<TResult>(Kernels.Nullable(f), ClrTypes.KqlTypeOf<TA>(), ClrTypes.KqlTypeOf<TB>());

    public ScalarFunction Try<TA, TB, TC, TResult>(Func<TA, TB, TC, TResult?> f)
        where TResult : struct => Add<TResult>(Kernels.Nullable(f), ClrTypes.KqlTypeOf<TA>(), ClrTypes.KqlTypeOf<TB>(), ClrTypes.KqlTypeOf<TC>());

    /// <summary>A form over the values of a row as objects, nulls too; the last parameter repeats where the form is variadic.</summary>
    public ScalarFunction Row(KqlType result, KqlType?[] parameters, Func<object?[], object?> f, bool isVariadic = false)
    {
        _overloads.Add(new Overload(parameters, isVariadic, result, Kernels.OfRow(result, f)));
        return this;
    }

    /// <summary>A form over whole columns.</summary>
    public ScalarFunction Vector(KqlType result, KqlType?[] parameters, Kernel kernel, bool isVariadic = false)
    {
        _overloads.Add(new Overload(parameters, isVariadic, result, kernel));
        return this;
    }

    private ScalarFunction Add<TResult>(Kernel kernel, params KqlType?[] parameters)
    {
        _overloads.Add(new Overload(parameters, false, ClrTypes.KqlTypeOf<TResult>(), kernel));
        return this;
    }
}
