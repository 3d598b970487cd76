using System.CommandLine;
using System.CommandLine.Parsing;
using Snowplow.Silo.CommandLine;

namespace Snowplow.Silo.Simulate;

/// <summary><c>snowplow simulate</c>: options, their rules, and the run.</summary>
internal static class SimulateCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "simulate";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow simulate --users 1000 --rate 500 --duration 1m
        snowplow simulate --collector https://collector.example.com --rate 50 --duration 10m --app-id load-test
        snowplow simulate --events 10000 --rate 0 --method post --report json
        """;

    private const string Description = """
        Send realistic synthetic traffic to a collector: browsers, apps, servers and pixels that visit a web shop.

        The same seed sends the same events, ids included; only the times differ. Visitors live at a natural pace, so a
        short run plays hours of their lives: events carry device times from the past up to now.
        """;

    private static readonly Option<Uri> Collector = new("--collector", "-c")
    {
        Description = "Address of the collector.",
        HelpName = "url",
        DefaultValueFactory = _ => new Uri("http://localhost:8080"),
        CustomParser = ParseCollector,
    };

    private static readonly Option<int> Users = NumberOption.Create("--users", 1000, 1, "How many visitors there are.");
    private static readonly Option<double> Rate = NumberOption.Create("--rate", 500.0, 0, "Events per second; 0 sends as fast as the collector answers.");
    private static readonly Option<TimeSpan?> Duration = new("--duration")
    {
        Description = "How long to send: 500ms, 30s, 1m, 2h. [default: 1m, unless --events is given]",
        HelpName = "time",
        CustomParser = ParseDuration,
    };

    private static readonly Option<long?> Events = NumberOption.CreateOptional("--events", 1L, "Stop after this many events.");
    private static readonly Option<int> Seed = NumberOption.Create("--seed", 1, 0, "Seed of the traffic.");
    private static readonly Option<int> Batch = NumberOption.Create("--batch", 10, 1, "Events per POST.");
    private static readonly Option<int> Connections = NumberOption.Create("--connections", 32, 1, "Most requests in flight.");
    private static readonly Option<RequestMethods?> Method = new("--method")
    {
        Description = "Batches only, single events only, or mostly batches with pixels and some browsers that GET. [default: mixed]",
        HelpName = "post|get|mixed",
    };

    private static readonly Option<string> AppId = new("--app-id") { Description = "The app_id of every event.", DefaultValueFactory = _ => "shop" };
    private static readonly Option<int> Retries = NumberOption.Create(
        "--retries", 0, 0, "How often a request that failed by a 5xx or a broken connection is sent again.");

    private static readonly Option<ReportFormat?> Report = new("--report")
    {
        Description = "Form of the closing report on standard output. [default: text]",
        HelpName = "text|json",
    };

    private static readonly Option<string?> Acknowledged = IdFile("--acknowledged", "Write the ids of acknowledged events to this file, one a line.");
    private static readonly Option<string?> Sent = IdFile("--sent", "Write the ids of events to this file, one a line, before they are sent.");

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        AppId.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var id }] && !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
                result.AddError("--app-id must be of letters, digits, '-', '_' and '.' only.");
        });
        var command = new Command(Name, Description)
        {
            Collector, Users, Rate, Duration, Events, Seed, Batch, Connections, Method, AppId, Retries, Report, Acknowledged, Sent,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The configuration that the arguments give.</summary>
    internal static SimulateConfig Config(ParseResult result)
    {
        var events = result.GetValue(Events);
        return new SimulateConfig
        {
            Collector = result.GetValue(Collector)!,
            Users = result.GetValue(Users),
            Rate = result.GetValue(Rate),
            Duration = result.GetValue(Duration) ?? (events is null ? TimeSpan.FromMinutes(1) : null),
            Events = events,
            Seed = result.GetValue(Seed),
            Batch = result.GetValue(Batch),
            Connections = result.GetValue(Connections),
            Method = result.GetValue(Method) ?? RequestMethods.Mixed,
            AppId = result.GetValue(AppId)!,
            Retries = result.GetValue(Retries),
            AcknowledgedFile = result.GetValue(Acknowledged),
            SentFile = result.GetValue(Sent),
        };
    }

    /// <summary>Exit code 0 when every event was acknowledged, 1 when some was not.</summary>
    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var config = Config(result);
        using var simulation = new Simulation(config, TimeProvider.System);
        var report = await ProgressDisplay.Show(simulation, config, stop).ConfigureAwait(false);
        ReportWriter.Write(report, result.GetValue(Report) ?? ReportFormat.Text, result.InvocationConfiguration.Output);
        return report.NotAcknowledged == 0 ? 0 : 1;
    }

    private static Option<string?> IdFile(string name, string description) => new(name) { Description = description, HelpName = "file" };

    private static Uri? ParseCollector(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            return uri;
        result.AddError($"--collector must be an http or https address such as http://localhost:8080, not '{text}'.");
        return null;
    }

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (DurationText.TryParse(text, out var duration))
            return duration;
        result.AddError($"--duration must be a time such as 500ms, 30s, 1m or 2h, not '{text}'.");
        return null;
    }
}
