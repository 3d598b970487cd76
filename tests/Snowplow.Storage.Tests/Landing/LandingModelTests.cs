namespace Snowplow.Storage.Tests.Landing;

public sealed class LandingModelTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 5_000 : 300;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Landing_ByActivationsThatOvertakeEachOther_LandsEachPositionOnce(bool canTruncate)
    {
        var (conflicts, adopted, batches) = (0, 0, 0);
        for (var seed = 0; seed < Runs; seed++)
        {
            var model = new LandingModel(seed, canTruncate);
            try
            {
                model.Run(800);
                batches += (await model.CheckAsync()).Count;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }

            conflicts += model.Conflicts;
            adopted += model.Adopted;
        }

        // The paths in question are walked.
        batches.ShouldBeGreaterThan(Runs);
        conflicts.ShouldBeGreaterThan(Runs / 4);
        adopted.ShouldBeGreaterThan(Runs / 4);
    }

    [Fact]
    public async Task FilesBeside_WhenActivationsOnlyFollowEachOther_HoldCommittedLinesOnly()
    {
        var failedFiles = 0;
        for (var seed = 0; seed < Runs; seed++)
        {
            var model = new LandingModel(seed, canTruncate: true, maxActivations: 1);
            model.Run(800);
            var batches = await model.CheckAsync();

            var committed = batches.SelectMany(b => new[] { b.Bad, b.Failed }).Where(lines => lines.File is not null)
                .GroupBy(lines => lines.File!).ToDictionary(g => g.Key, g => g.Max(lines => lines.CommittedLength));
            var files = model.Store.Names.Where(n => !n.StartsWith("enriched/", StringComparison.Ordinal)).ToDictionary(n => n, n => (long)model.Store[n].Length);
            files.OrderBy(f => f.Key, StringComparer.Ordinal).ShouldBe(committed.OrderBy(f => f.Key, StringComparer.Ordinal), $"seed {seed}");
            failedFiles += files.Keys.Count(n => n.StartsWith("failed/", StringComparison.Ordinal));
        }

        failedFiles.ShouldBeGreaterThan(Runs);
    }
}
