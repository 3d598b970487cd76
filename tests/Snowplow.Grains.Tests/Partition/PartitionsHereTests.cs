using Snowplow.Grains.Partition;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Tests.Partition;

public sealed class PartitionsHereTests
{
    private static readonly PartitionName First = new("stream", 0);
    private static readonly PartitionName Second = new("stream", 1);

    [Fact]
    public async Task Leave_TellsTheOthersFirst_ThenLetsGoOfAll_AndNoneBeginsAnyMore()
    {
        var course = new List<string>();
        var heard = new TaskCompletionSource();
        var here = new PartitionsHere(() =>
        {
            course.Add("told");
            return heard.Task;
        });
        here.TryAdd(First, () => Note("first")).ShouldBeTrue();
        here.TryAdd(Second, () => Note("second")).ShouldBeTrue();

        var leaving = here.LeaveAsync((_, _) => { });
        course.ShouldBe(["told"]);
        here.TryAdd(new PartitionName("stream", 2), () => Note("third")).ShouldBeFalse();
        heard.SetResult();
        await leaving;

        course[1..].ShouldBe(["first", "second"], ignoreOrder: true);

        Task Note(string what)
        {
            lock (course) course.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Leave_WhenAPartitionFails_LetsGoOfTheOthers()
    {
        var failed = new List<PartitionName>();
        var here = new PartitionsHere(() => Task.CompletedTask);
        var isLetGo = false;
        here.TryAdd(First, () => throw new IOException("no disk"));
        here.TryAdd(Second, () => Task.FromResult(isLetGo = true));

        await here.LeaveAsync((partition, _) => failed.Add(partition));

        failed.ShouldBe([First]);
        isLetGo.ShouldBeTrue();
    }

    [Fact]
    public async Task Partition_ThatHasEnded_IsNotHere()
    {
        var here = new PartitionsHere(() => Task.CompletedTask);
        Func<Task> former = () => throw new IOException("it has ended"), later = () => Task.CompletedTask;
        here.TryAdd(First, former);
        here.TryAdd(First, later);
        here.Remove(First, former);

        here.Contains(First).ShouldBeTrue();
        await here.LetGoAsync(First);
        here.Remove(First, later);
        here.Contains(First).ShouldBeFalse();
        await here.LetGoAsync(First);
    }
}
