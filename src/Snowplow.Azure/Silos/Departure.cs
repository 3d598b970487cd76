using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;

namespace Snowplow.Azure.Silos;

/// <summary>Tells all silos, this one among them, that this one leaves.</summary>
internal sealed class Departure(IServiceProvider services, ISiloStatusOracle silos, ILocalSiloDetails here, ILogger<Departure> log) : GrainServiceClient<IDepartureNotices>(services)
{
    // A silo that does not answer may be gone itself; the stop has other things to do.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Completes when all know, or do not answer.</summary>
    public Task TellAsync() => Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(async silo =>
    {
        try
        {
            await GetGrainService(silo).Take(here.SiloAddress).WaitAsync(Patience);
        }
        catch (Exception failure)
        {
            if (log.IsEnabled(LogLevel.Debug)) log.LogDebug(failure, "The silo {Silo} could not be told that this one leaves", silo);
        }
    }));
}
