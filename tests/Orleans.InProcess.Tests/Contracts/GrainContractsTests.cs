namespace Orleans.Contracts;

public sealed class GrainContractsTests
{
    private static readonly string[] Found =
        [.. GrainContracts.FindMutable(typeof(IContractGrain).Assembly).Where(line => line.StartsWith(nameof(IContractGrain), StringComparison.Ordinal))];

    [Fact]
    public void FindMutable_NamesEachMutableArgumentAndAnswer() => Found.ShouldBe(
    [
        "IContractGrain.TakesArray(bytes): Byte[] is an array: use ImmutableArray<T> or ReadOnlyMemory<T>",
        "IContractGrain.TakesSettable(settable): Settable.Value can be set: make it init-only or readonly",
        "IContractGrain.AnswersList answers: List`1._items can be set: make it init-only or readonly",
        "IContractGrain.TakesNested(nested): Nested.Items: Settable.Value can be set: make it init-only or readonly",
        "IContractGrain.TakesInterface(list): IReadOnlyList`1 may be anything: name an immutable type, or mark it [Immutable]",
    ]);
}
