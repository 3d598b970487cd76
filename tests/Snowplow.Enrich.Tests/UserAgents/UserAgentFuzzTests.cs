using System.Text;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>Damaged user agents with plain .NET regular expressions as the oracle.</summary>
public sealed class UserAgentFuzzTests
{
    private static readonly string[] Own =
    [
        "Mozilla/5.0 (Linux; Android 13; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:124.0) Gecko/20100101 Firefox/124.0",
        "Mozilla/5.0 (Linux; U; Android 4.0.3; de-de; HTC Sensation 4G Build/IML74K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
        "Mozilla/5.0 (compatible; MSIE 10.0; Windows Phone 8.0; Trident/6.0; IEMobile/10.0; ARM; Touch; NOKIA; Lumia 920)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "MyApp/1 CFNetwork/1494.0.7 Darwin/23.4.0",
        "HbbTV/1.1.1 (;Samsung;SmartTV2013;T-FXPDEUC-1102.2;;) WebKit",
        "DoCoMo/2.0 N905i(c100;TB;W24H16) (compatible; crawler/1.0)",
    ];

    private static readonly string[] Pieces =
        ["; ", " Build/", ") AppleWebKit", "/", "1", ".", "2.3", "Android ", "bot", "BOT", "HTC ", "_", "-", "\n", "\u00e9", "\u4e2d", "\u0416x", "(", ")", "A", "z", "  ", "mobile", "\t"];

    [Fact]
    public void Reader_OnDamagedTexts_AgreesWithPlainRegexes()
    {
        var oracle = new PlainRegexOracle(Rules.FilePath);
        var reader = new UserAgentReader(Rules.All);
        var random = new Random(20261125);
        string[] seeds = [.. Own, .. Directory.Exists(SharedFiles.Folder("uap-core")) ? UapCoreCases.UserAgents() : []];
        for (var round = 0; round < Fuzz.Cases(300); round++)
        {
            var text = Damage(seeds[round % 4 == 0 ? random.Next(Own.Length) : random.Next(seeds.Length)], seeds, random);
            var expected = oracle.Read(text);
            reader.Read(Encoding.UTF8.GetBytes(text));
            Enum.GetValues<UserAgentField>().Select(reader.Text).ShouldBe(expected, text);
        }
    }

    [Fact]
    public void Reader_OnRandomBytes_NeverThrows()
    {
        var fuzz = new Fuzz(7);
        var reader = new UserAgentReader(Rules.All);
        for (var round = 0; round < Fuzz.Cases(2_000); round++)
        {
            reader.Read(round % 2 == 0 ? fuzz.Bytes(5_000) : fuzz.Damage(Encoding.UTF8.GetBytes(Own[round % Own.Length])));
            reader[UserAgentField.Family].IsEmpty.ShouldBeFalse();
        }
    }

    private static string Damage(string text, string[] seeds, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var change = random.Next(4); change > 0; change--)
        {
            var at = random.Next(damaged.Length + 1);
            var length = Math.Min(random.Next(12), damaged.Length - at);
            switch (random.Next(5))
            {
                case 0: damaged.Remove(at, length); break;
                case 1: damaged.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 2: damaged.Insert(at, damaged.ToString(at, length)); break;
                case 3:
                    var other = seeds[random.Next(seeds.Length)];
                    damaged.Insert(at, other.AsSpan(random.Next(other.Length)));
                    break;
                default:
                    for (var index = at; index < at + length; index++)
                        damaged[index] = char.IsAsciiLetter(damaged[index]) ? (char)(damaged[index] ^ 0x20) : damaged[index];
                    break;
            }
        }

        return damaged.Length > FoldedText.MaxCharacters ? damaged.ToString(0, FoldedText.MaxCharacters) : damaged.ToString();
    }
}
