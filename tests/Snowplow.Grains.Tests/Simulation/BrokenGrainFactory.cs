using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Snowplow.Grains.Live;
using Snowplow.Grains.Profiles;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;
using Snowplow.Model;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>Gives the partition grains users and sessions that break a contract, to see that the simulation catches it.</summary>
internal sealed class BrokenGrainFactory(IGrainFactory inner, SimulationFaults faults, List<JsonObject> rowsFromMemory, HashSet<string> told) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        object grain = inner.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);
        return (TGrainInterface)(grain switch
        {
            ISessionGrain session => new BrokenSession(session, faults, rowsFromMemory),
            IUserGrain user => new BrokenUser(user, faults),
            IProfileGrain profile => new BrokenProfile(profile, faults, told),
            _ => grain,
        });
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => inner.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => inner.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable => inner.GetGrain<TGrainInterface>(grainId);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => inner.GetGrain(grainInterfaceType, grainPrimaryKey);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => inner.GetGrain(grainInterfaceType, grainPrimaryKey);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => inner.GetGrain(grainInterfaceType, grainPrimaryKey);

    private sealed class BrokenSession(ISessionGrain inner, SimulationFaults faults, List<JsonObject> rowsFromMemory) : ISessionGrain
    {
        public async Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events)
        {
            var outcome = await inner.Apply(partition, faults.IgnoresAfter ? 0 : after, upTo, events);
            if (faults.RowsFromMemory && inner.GetPrimaryKeyString() is ['s', ':', .. var id] && await inner.Find(id) is { } row)
                rowsFromMemory.Add(OneVersionOn(row));
            return outcome;
        }

        private static JsonObject OneVersionOn(LiveRow row)
        {
            var json = JsonNode.Parse(row.Utf8)!.AsObject();
            json["revision"] = json["revision"]!.GetValue<long>() + 1;
            return json;
        }

        // Does not say that it is behind: its rows are those of whatever it holds.
        public async Task<SessionCheckpoint> Checkpoint(string partition, long finished, long upTo) =>
            await inner.Checkpoint(partition, finished, faults.IgnoresAfter ? 0 : upTo);

        public Task<LiveRow?> Find(string sessionIdentifier) => inner.Find(sessionIdentifier);

        public Task<LiveRow?> FindLatest() => inner.FindLatest();
    }

    private sealed class BrokenUser(IUserGrain inner, SimulationFaults faults) : IUserGrain
    {
        public Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events) =>
            inner.Apply(partition, faults.IgnoresAfter ? 0 : after, upTo, events);

        public Task<UserCheckpoint> Checkpoint(string partition, long finished, long upTo, ImmutableArray<SessionSummary> sessions) =>
            inner.Checkpoint(partition, finished, faults.IgnoresAfter ? 0 : upTo, sessions);

        public Task<LiveRow?> Find() => inner.Find();
    }

    private sealed class BrokenProfile(IProfileGrain inner, SimulationFaults faults, HashSet<string> told) : IProfileGrain
    {
        public Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events) =>
            inner.Apply(partition, faults.IgnoresAfter ? 0 : after, upTo, events);

        public async Task<ProfileCheckpoint> Checkpoint(string partition, long finished, long upTo)
        {
            var checkpoint = await inner.Checkpoint(partition, finished, faults.IgnoresAfter ? 0 : upTo);
            return faults.TellsInterventionsOnce ? checkpoint with { Interventions = [.. checkpoint.Interventions.Where(intervention => told.Add(intervention.Id))] } : checkpoint;
        }

        public Task<LiveRow?> Find(string group, long nowMs) => inner.Find(group, nowMs);
    }
}
