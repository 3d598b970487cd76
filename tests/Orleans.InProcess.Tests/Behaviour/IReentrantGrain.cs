namespace Orleans.Behaviour;

public interface IReentrantGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    Task Note(string entry);
}
