namespace Orleans.Engine;

public interface IKeptGrain : IGrainWithStringKey
{
    Task Touch();
}
