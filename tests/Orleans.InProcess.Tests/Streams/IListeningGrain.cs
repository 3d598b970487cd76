namespace Orleans.Streams;

public interface IListeningGrain : IGrainWithStringKey
{
    Task Listen();

    Task<int> Sum();
}
