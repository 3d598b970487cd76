namespace Orleans.Behaviour;

public interface IStateGrain : IGrainWithStringKey
{
    Task<int> Value();

    Task Write(int value);

    Task<bool> RecordExists();

    Task Clear();

    /// <summary>Deactivates after the call.</summary>
    Task Leave();

    /// <summary>A number that differs between activations.</summary>
    Task<Guid> Activation();
}
