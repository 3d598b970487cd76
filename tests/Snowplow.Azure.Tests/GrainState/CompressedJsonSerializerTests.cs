using System.Text.Json;
using Snowplow.Azure.GrainState;

namespace Snowplow.Azure.Tests.GrainState;

public sealed class CompressedJsonSerializerTests
{
    private readonly CompressedJsonSerializer _serializer = new(JsonSerializerOptions.Web);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(2030)]
    [InlineData(2048)]
    [InlineData(100_000)]
    public void State_OfAnySize_ComesBack(int length)
    {
        var state = new State(new string('x', length), length);
        _serializer.Deserialize<State>(_serializer.Serialize(state)).ShouldBe(state);
    }

    [Fact]
    public void State_ThatIsSmall_IsPlainJson() => _serializer.Serialize(new State("x", 1)).ToString().ShouldBe("""{"text":"x","number":1}""");

    [Fact]
    public void State_ThatIsLarge_TakesLess() => _serializer.Serialize(new State(new string('x', 100_000), 1)).ToMemory().Length.ShouldBeLessThan(5_000);

    private sealed record State(string Text, int Number);
}
