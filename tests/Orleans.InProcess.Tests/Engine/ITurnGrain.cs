namespace Orleans.Engine;

public interface ITurnGrain : IGrainWithIntegerKey
{
    /// <summary>Has other grains work, all at once.</summary>
    Task WorkAll(int grains);

    /// <summary>Keeps its thread for a while; returns how many grains have worked so far.</summary>
    Task<int> Work();
}
