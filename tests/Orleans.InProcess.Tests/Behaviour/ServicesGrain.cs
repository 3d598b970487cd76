using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Behaviour;

public sealed class ServicesGrain(SiloService silo, [FromKeyedServices("other")] SiloService other, OwnService own) : Grain, IServicesGrain
{
    public Task<(int Silo, int Keyed, int Own)> Services() => Task.FromResult((silo.Number, other.Number, own.Number));
}

/// <summary>A service that all grains share.</summary>
public sealed class SiloService(int number)
{
    public int Number => number;
}

/// <summary>A service that each activation has for itself, until it ends.</summary>
public sealed class OwnService : IDisposable
{
    private readonly Journal _journal;
    private static int _count;

    public OwnService(Journal journal)
    {
        _journal = journal;
        Number = Interlocked.Increment(ref _count);
    }

    public int Number { get; }

    public void Dispose() => _journal.Add($"{Number} disposed");
}
