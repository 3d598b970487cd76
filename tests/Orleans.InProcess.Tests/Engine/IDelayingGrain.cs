namespace Orleans.Engine;

public interface IDelayingGrain : IGrainWithStringKey
{
    Task Delay(TimeSpan time);

    /// <summary>Does not end; deactivation waits for it.</summary>
    Task Hang();
}
