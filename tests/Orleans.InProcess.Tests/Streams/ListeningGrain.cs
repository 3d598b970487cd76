namespace Orleans.Streams;

public sealed class ListeningGrain : Grain, IListeningGrain
{
    private int _sum;

    public async Task Listen() =>
        await this.GetStreamProvider("live").GetStream<int>(StreamId.Create("live", "events")).SubscribeAsync(async (item, _) =>
        {
            var sum = _sum;
            await Task.Yield();
            _sum = sum + item;
        });

    public async Task<int> Sum()
    {
        await Task.Yield();
        return _sum;
    }
}
