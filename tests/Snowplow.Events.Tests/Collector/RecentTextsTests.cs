using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Snowplow.Events.Collector;

namespace Snowplow.Events.Tests.Collector;

public sealed class RecentTextsTests
{
    [Fact]
    public void Get_OfAnyBytes_ReadsWhatUtf8Reads()
    {
        var texts = Gen.OneOf(
            Gen.Elements("Accept: */*", "Accept: *", "", "é", "Host: a\u0000").Select(Encoding.UTF8.GetBytes),
            Gen.Choose(0, 600).SelectMany(length => Gen.Choose(97, 99).Select(i => (byte)i).ArrayOf(length)),
            Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf());
        Prop.ForAll(texts.ToArbitrary(), bytes => RecentTexts.Get(bytes) == Encoding.UTF8.GetString(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Get_OfATextReadTwiceBefore_IsTheSameString()
    {
        RecentTexts.Get("Mozilla/5.0 (X11; Linux x86_64) of this test"u8);
        var second = RecentTexts.Get("Mozilla/5.0 (X11; Linux x86_64) of this test"u8);

        RecentTexts.Get("Mozilla/5.0 (X11; Linux x86_64) of this test"u8).ShouldBeSameAs(second);
    }

    [Fact]
    public void Get_OfATextReadOnceBefore_IsAnotherString()
    {
        var first = RecentTexts.Get("Cookie: sp=of-this-test"u8);

        RecentTexts.Get("Cookie: sp=of-this-test"u8).ShouldNotBeSameAs(first);
    }
}
