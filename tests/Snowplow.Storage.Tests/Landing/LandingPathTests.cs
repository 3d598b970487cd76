using Snowplow.Storage.Landing;

namespace Snowplow.Storage.Tests.Landing;

public sealed class LandingPathTests
{
    private static readonly DateTimeOffset Hour = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(LandingPath.Enriched, 3, 42, 0, "enriched/2026-01-02/03/abc1-003-00000000000000000042.tsv.gz")]
    [InlineData(LandingPath.Enriched, 3, 42, 7, "enriched/2026-01-02/03/abc1-003-00000000000000000042-7.tsv.gz")]
    [InlineData(LandingPath.Bad, 1000, long.MaxValue, 4294967295, "bad/2026-01-02/03/abc1-1000-09223372036854775807-4294967295.jsonl.gz")]
    [InlineData(LandingPath.Failed, 3, 42, 7, "failed/2026-01-02/03/abc1-003-00000000000000000042-7.tsv.gz")]
    [InlineData(LandingPath.Sessions, 0, 0, 0, "sessions/2026-01-02/03/abc1-000-00000000000000000000.jsonl.gz")]
    [InlineData(LandingPath.Users, 0, 0, 1, "users/2026-01-02/03/abc1-000-00000000000000000000-1.jsonl.gz")]
    public void Name_IsWrittenAndReadBack(string area, int partition, long first, long attempt, string name)
    {
        var path = new LandingPath(area, Hour, new PartitionName("abc1", partition), first, attempt);

        path.ToString().ShouldBe(name);
        LandingPath.TryParse(name, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(path);
    }

    [Fact]
    public void Name_OfALocalTime_IsInUtc() =>
        new LandingPath(LandingPath.Bad, new DateTimeOffset(2026, 1, 2, 1, 30, 0, TimeSpan.FromHours(5)), new PartitionName("a", 0), 0)
            .ToString().ShouldStartWith("bad/2026-01-01/20/");

    [Theory]
    [InlineData("")]
    [InlineData("enriched/2026-01-02/03/abc1-003-42.tsv.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-3-00000000000000000042.tsv.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-003-00000000000000000042-0.tsv.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-003-00000000000000000042-01.tsv.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-003-00000000000000000042.jsonl.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-003-00000000000000000042.tsv")]
    [InlineData("enriched/2026-01-02/24/abc1-003-00000000000000000042.tsv.gz")]
    [InlineData("enriched/2026-02-30/03/abc1-003-00000000000000000042.tsv.gz")]
    [InlineData("enriched/2026-01-02/abc1-003-00000000000000000042.tsv.gz")]
    [InlineData("other/2026-01-02/03/abc1-003-00000000000000000042.jsonl.gz")]
    [InlineData("enriched/2026-01-02/03/ABC-003-00000000000000000042.tsv.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-003-99999999999999999999.tsv.gz")]
    [InlineData("enriched/2026-01-02/03/abc1-99999-00000000000000000042.tsv.gz")]
    public void Name_OfAnotherForm_IsRefused(string name) => LandingPath.TryParse(name, out _).ShouldBeFalse();
}
