using Microsoft.Extensions.Logging;
using Orleans.Services;

namespace Snowplow.Azure.Silos;

/// <summary>Takes the notices of silos that leave; each silo has one.</summary>
[Alias("Snowplow.IDepartureNotices")]
internal interface IDepartureNotices : IGrainService
{
    /// <summary>Tells that a silo leaves.</summary>
    [Alias("Take")]
    Task Take(SiloAddress leaving);
}

/// <inheritdoc cref="IDepartureNotices"/>
internal sealed class DepartureNotices(GrainId id, Silo silo, ILoggerFactory logs, LeavingSilos leaving) : GrainService(id, silo, logs), IDepartureNotices
{
    private readonly ILogger _log = logs.CreateLogger<DepartureNotices>();

    /// <inheritdoc/>
    Task IDepartureNotices.Take(SiloAddress leaver)
    {
        leaving.Add(leaver);
        if (_log.IsEnabled(LogLevel.Information)) _log.LogInformation("The silo {Silo} leaves: no partition is placed there any more", leaver);
        return Task.CompletedTask;
    }
}
