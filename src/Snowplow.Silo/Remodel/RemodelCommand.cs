using System.CommandLine;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Remodel;

/// <summary><c>snowplow remodel</c>: has all tables made anew from the enriched files.</summary>
internal static class RemodelCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "remodel";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow remodel
        snowplow remodel --data /var/lib/snowplow
        """;

    private const string Description = """
        Have all tables made anew: after an update that models otherwise, or when changed model rules are to hold for the past too.

        Takes the states of users, sessions and profiles and the files of all tables out of a data folder whose server is stopped. The
        next start models everything that enriched/ holds, in its order, and then goes on as usual. Raw, enriched, bad and
        failed files are only read. What was moved out of enriched/ is not modelled again.
        """;

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder. [default: data, under the current folder]",
        HelpName = "folder",
        DefaultValueFactory = _ => "data",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Data };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var output = result.InvocationConfiguration.Output;
        return await StoppedPlatform.RunAsync(result.GetValue(Data)!, CommandConfiguration.Build(new Dictionary<string, string?>()), RemodelAsync, stop).ConfigureAwait(false);

        async Task<int> RemodelAsync(StoppedPlatform platform, CancellationToken end)
        {
            await output.WriteLineAsync("Reading what has landed …").ConfigureAwait(false);
            var partitions = await LandedPartition.ReadAllAsync(platform.Blobs, end).ConfigureAwait(false);
            await FreshStart.MakeAsync(platform, partitions, end).ConfigureAwait(false);
            await output.WriteLineAsync(
                $"The next start models {partitions.Sum(partition => partition.Events):N0} events of {partitions.Count} partitions anew; until then no table is there.").ConfigureAwait(false);
            return 0;
        }
    }
}
