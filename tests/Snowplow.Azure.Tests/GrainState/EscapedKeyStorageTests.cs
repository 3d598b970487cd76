using Snowplow.Azure.GrainState;

namespace Snowplow.Azure.Tests.GrainState;

public sealed class EscapedKeyStorageTests
{
    [Theory]
    [InlineData("u:00000000-0000-4000-8000-000000000001", "u:00000000-0000-4000-8000-000000000001")]
    [InlineData("a/b#c?d\\e", "a=2Fb=23c=3Fd=5Ce")]
    [InlineData("ä\u0085", "=C3=A4=C2=85")]
    [InlineData("a=2Fb", "a=3D2Fb")]
    [InlineData("100%", "100=25")]
    public void Key_OfAnyCharacters_IsOfPlainOnesAndComesBack(string key, string escaped)
    {
        Escaped(key).ShouldBe(escaped);
        EscapedKeyStorage.Unescaped(escaped).ShouldBe(key);
    }

    [Fact]
    public void Keys_ThatDiffer_StayDifferent()
    {
        var random = new Random(1);
        var keys = Enumerable.Range(0, 20_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => "a/=2F~ä_"[random.Next(8)])])).Distinct().ToList();
        keys.Select(Escaped).Distinct().Count().ShouldBe(keys.Count);
        keys.Select(Escaped).ShouldAllBe(key => key.All(c => c < 128 && c != '/'));
    }

    [Fact]
    public void Keys_ThatAreLong_FitAndStayDifferent()
    {
        var (one, two) = (Escaped(new string('ä', 4000) + "1"), Escaped(new string('ä', 4000) + "2"));
        one.Length.ShouldBeLessThan(100);
        one.ShouldNotBe(two);
        EscapedKeyStorage.Unescaped(one).ShouldBeNull();
    }

    private static string Escaped(string key) => EscapedKeyStorage.Escaped(GrainId.Create("user", key)).Key.ToString()!;
}
