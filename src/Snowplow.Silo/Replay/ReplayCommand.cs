using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Serve;
using Snowplow.Silo.Simulate;

namespace Snowplow.Silo.Replay;

/// <summary><c>snowplow replay</c>: stored payloads and bad rows through the current configuration.</summary>
internal static class ReplayCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "replay";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow replay data/bad --dry-run --iglu ./our-schemas
        snowplow replay data/bad --type schema_violations --from 2026-11-01 --output replayed
        snowplow replay --raw data --from-position 120000 --dry-run
        """;

    private const string Description = """
        Run stored payloads through the current configuration: files of bad rows, or the raw log of a data folder.

        Results go into a folder of their own, files named after the files they come from: enriched/….tsv.gz, and bad/….jsonl.gz
        with what is bad still. Files are put in place whole and replace those of an earlier run. Events keep their ids, or get
        them from their payload, so a replay that is repeated yields the same events; only etl_tstamp tells when.

        Nothing else is changed: sources are only read, and a dry run writes nothing.
        """;

    private static readonly StageArguments Stage = new(Name, "Files of bad rows, plain or gzip; of a folder all *.jsonl and *.jsonl.gz below it.");
    private static readonly Option<string?> Raw = new("--raw") { Description = "Data folder whose raw log is replayed; the server may be running.", HelpName = "folder" };
    private static readonly Option<long?> FromPosition = NumberOption.CreateOptional("--from-position", 0L, "The first position in each partition of the raw log.");
    private static readonly Option<string[]> Types = new("--type") { Description = "Type of bad rows to replay, such as schema_violations; may be repeated. [default: all]", HelpName = "type" };
    private static readonly Option<DateTimeOffset?> From = Time("--from", "The first moment: when a bad row failed, when a raw payload came.");
    private static readonly Option<DateTimeOffset?> Until = Time("--until", "The first moment that is too late.");
    private static readonly Option<string?> Output = new("--output") { Description = "Folder for the results.", HelpName = "folder" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Write nothing; just tell how the counts would differ." };
    private static readonly Option<DateTimeOffset?> EtlTime = Time("--etl-time", "The etl_tstamp of the results, for runs that must be the same byte for byte. [default: now]");
    private static readonly Option<ReportFormat?> Report = new("--report") { Description = "Form of the closing report on standard output. [default: text]", HelpName = "text|json" };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Raw, FromPosition, Types, From, Until, Output, DryRun, EtlTime, Report };
        Stage.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(DryRun) == result.GetValue(Output) is not null)
                result.AddError("replay needs either --output FOLDER or --dry-run.");
        });
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var raw = result.GetValue(Raw);
        var platform = Stage.Read(result, raw);
        var config = new ReplayConfig
        {
            BadRows = Stage.Files(result),
            Raw = raw,
            RawLog = raw is null ? null : platform.Stream.Folder,
            Types = result.GetValue(Types) ?? [],
            From = result.GetValue(From),
            Until = result.GetValue(Until),
            FromPosition = result.GetValue(FromPosition) ?? 0,
            Output = result.GetValue(Output),
        };
        if (config.BadRows.Count == 0 && config.Raw is null)
            throw new StartupException("There is nothing to replay: name files of bad rows, or a data folder by --raw.");
        var units = ReplaySources.Find(config);
        using var stage = EnrichStage.Load(platform, TimeProvider.System);
        TimeProvider clock = result.GetValue(EtlTime) is { } time ? new FixedClock(time) : TimeProvider.System;
        var landed = raw is null ? LandedOutcomes.None : await LandedOutcomes.ReadAsync(raw, stop).ConfigureAwait(false);
        using var run = new ReplayRun(() => new Replayer(stage.NewPipeline(clock), landed, config.Output));
        await ReplayProgress.RunAsync(run, units, stop).ConfigureAwait(false);
        var report = await ReplayReport.OfAsync(run, landed, config.Output, stop).ConfigureAwait(false);
        if (result.GetValue(Report) == ReportFormat.Json) report.WriteJson(result.InvocationConfiguration.Output);
        else report.WriteText(result.InvocationConfiguration.Output);
        var damages = run.Damages.ToList();
        foreach (var damage in damages) await result.InvocationConfiguration.Error.WriteLineAsync($"snowplow: {damage}").ConfigureAwait(false);
        return damages.Count == 0 ? 0 : 1;
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result => Parse(result, name),
    };

    private static DateTimeOffset? Parse(ArgumentResult result, string name)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        result.AddError($"{name} must be a time such as 2026-11-01 or 2026-11-01T12:00:00Z, not '{text}'.");
        return null;
    }
}
