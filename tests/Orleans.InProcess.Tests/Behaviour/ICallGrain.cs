using Orleans.Concurrency;

namespace Orleans.Behaviour;

public interface ICallGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    ValueTask<int> Add(int left, int right);

    ValueTask Rest();

    Task<string> Key();

    Task<int> Count();

    Task Fail(string message);

    Task FailLater(string message);

    Task<string> WaitFor(string gate, CancellationToken cancellationToken);

    [OneWay]
    Task Note(string entry);

    Task<string> AskOther(string key);

    Task<bool> StaysOnScheduler();
}
