namespace Orleans.Engine;

public interface ISingleGrain : IGrainWithIntegerKey
{
    Task<int> Touch();

    Task Leave();
}
