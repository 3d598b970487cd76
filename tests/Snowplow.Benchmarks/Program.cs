using BenchmarkDotNet.Running;
using Snowplow.Benchmarks;

// `grain-calls`, `state-writes`, …: one plain run with its figures, in seconds. Anything else goes to BenchmarkDotNet (`-- --filter *`).
if (args is [var name, ..] && QuickRuns.All.TryGetValue(name, out var run)) await run();
else BenchmarkSwitcher.FromAssembly(typeof(QuickRuns).Assembly).Run(args);
