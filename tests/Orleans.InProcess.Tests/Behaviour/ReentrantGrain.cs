using Orleans.Concurrency;

namespace Orleans.Behaviour;

[Reentrant]
public sealed class ReentrantGrain(Journal journal) : Grain, IReentrantGrain
{
    public Task Hold(string gate)
    {
        journal.Add($"held by {gate}");
        return journal.Until(gate);
    }

    public Task Note(string entry)
    {
        journal.Add(entry);
        return Task.CompletedTask;
    }
}
