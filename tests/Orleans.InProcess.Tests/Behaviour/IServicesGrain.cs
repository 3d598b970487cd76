namespace Orleans.Behaviour;

public interface IServicesGrain : IGrainWithIntegerKey
{
    /// <summary>The numbers of the grain's services: the silo's, the silo's by its key, and its own.</summary>
    Task<(int Silo, int Keyed, int Own)> Services();
}
