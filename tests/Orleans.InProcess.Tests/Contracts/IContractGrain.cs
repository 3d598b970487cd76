using System.Collections.Immutable;

namespace Orleans.Contracts;

public interface IContractGrain : IGrainWithStringKey
{
    Task<ImmutableArray<Frozen>> Fine(
        Frozen frozen, ReadOnlyMemory<byte> bytes, (int Left, string Right) pair, DayOfWeek? day, IContractGrain other, CancellationToken token);

    Task TakesArray(byte[] bytes);

    Task TakesSettable(Settable settable);

    Task<List<int>> AnswersList();

    Task TakesNested(Nested nested);

    Task TakesInterface(IReadOnlyList<string> list);

    Task TakesTrusted([Immutable] byte[] bytes);
}

public sealed record Frozen(string Name, ImmutableDictionary<string, Frozen> Children)
{
    public required DateTimeOffset At { get; init; }

    [Immutable]
    public byte[] Trusted { get; init; } = [];
}

public sealed class Settable
{
    public int Value { get; set; }
}

public sealed record Nested(ImmutableArray<Settable> Items);
