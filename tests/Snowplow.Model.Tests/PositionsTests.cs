namespace Snowplow.Model.Tests;

public sealed class PositionsTests
{
    [Theory]
    [InlineData(0, 5, ApplyOutcome.AlreadyApplied)]
    [InlineData(0, 10, ApplyOutcome.AlreadyApplied)]
    [InlineData(10, 15, ApplyOutcome.Applied)]
    [InlineData(0, 15, ApplyOutcome.Applied)]
    [InlineData(7, 15, ApplyOutcome.Applied)]
    [InlineData(11, 15, ApplyOutcome.Behind)]
    public void Check_OfAStateThatStandsAt10_TellsLossFromRepetition(long after, long upTo, ApplyOutcome outcome)
    {
        var positions = new Positions();
        positions.Advance("log/0", 10);
        positions.Check("log/0", after, upTo).ShouldBe(outcome);
        positions.Check("log/1", 1, upTo).ShouldBe(ApplyOutcome.Behind);
        positions.Check("log/1", 0, upTo).ShouldBe(ApplyOutcome.Applied);
        positions.HasReached("log/0", 10).ShouldBeTrue();
        positions.HasReached("log/0", 11).ShouldBeFalse();
    }
}
