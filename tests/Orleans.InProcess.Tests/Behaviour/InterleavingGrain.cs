namespace Orleans.Behaviour;

public sealed class InterleavingGrain(Journal journal) : Grain, IInterleavingGrain
{
    public async Task Hold(string gate)
    {
        journal.Add($"held by {gate}");
        await journal.Until(gate);
        journal.Add($"released by {gate}");
    }

    public Task HoldReading(string gate) => Hold(gate);

    public Task Note(string entry)
    {
        journal.Add(entry);
        return Task.CompletedTask;
    }

    public Task Peek() => Task.CompletedTask;

    public Task Look() => Task.CompletedTask;
}
