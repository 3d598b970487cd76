namespace Snowplow.Silo.Simulate;

/// <summary>How a visit begins: the page landed on, with the marks of the campaign in its address, and the referrer.</summary>
/// <param name="Url">Address of the first page, campaign parameters included.</param>
/// <param name="Referrer">Address of the page the visitor came from; null for a direct visit.</param>
/// <param name="Page">The page landed on.</param>
internal sealed record Arrival(string Url, string? Referrer, Page Page)
{
    private static readonly string[] SearchEngines = ["https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/"];
    private static readonly string[] SocialNetworks = ["https://www.facebook.com/", "https://www.reddit.com/r/hiking/", "https://t.co/Xa81bQ"];
    private static readonly string[] Sites = ["https://blog.hikers-weekly.example/best-tents", "https://www.gearlab.example/reviews/boots"];
    private static readonly string[] Campaigns = ["winter_sale", "new_arrivals", "boots_week", "free_shipping"];
    private static readonly string[] Terms = ["winter+jacket", "hiking+boots", "2+person+tent", "warm+sleeping+bag"];

    /// <summary>An arrival in the usual mix: 38% direct, 27% search, 15% paid search, 10% social, 5% e-mail, 5% other sites.</summary>
    public static Arrival Random(ref SeededRandom random)
    {
        var page = random.Chance(0.35) ? Shop.Home : Shop.Wander(ref random);
        var campaign = random.Pick<string>(Campaigns);
        var term = random.Pick<string>(Terms);
        return random.NextDouble() switch
        {
            < 0.38 => new(page.Url, null, page),
            < 0.65 => new(page.Url, random.Pick<string>(SearchEngines), page),
            < 0.80 => new(
                $"{page.Url}?utm_source=google&utm_medium=cpc&utm_campaign={campaign}&utm_term={term}&utm_content=ad_{random.Next(1, 6)}"
                + $"&gclid=EAIaIQob{random.NextBits():x16}",
                SearchEngines[0], page),
            < 0.90 => new(
                random.Chance(0.5) ? $"{page.Url}?utm_source=facebook&utm_medium=social&utm_campaign={campaign}&fbclid=IwAR{random.NextBits():x16}" : page.Url,
                random.Pick<string>(SocialNetworks), page),
            < 0.95 => new($"{page.Url}?utm_source=newsletter&utm_medium=email&utm_campaign={campaign}&utm_content=week_{random.Next(1, 53)}", null, page),
            _ => new(page.Url, random.Pick<string>(Sites), page),
        };
    }
}
