using System.Globalization;
using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>The web shop whose visitors are simulated: its pages and products, the same in every run.</summary>
internal static class Shop
{
    /// <summary>Scheme and host of every page.</summary>
    public const string Origin = "https://www.fjord-outfitters.example";

    private static readonly string[] Categories = ["jackets", "boots", "tents", "backpacks", "sleeping-bags", "cookware"];
    private static readonly string[] Ranges =
        ["Hardanger", "Lofoten", "Geiranger", "Tromsø", "Senja", "Jotunheimen", "Ålesund", "Røros", "Svalbard", "Kjerag"];
    private static readonly string[] Articles =
        ["layering-for-winter", "choosing-a-tent", "care-for-leather", "ultralight-packing", "trail-coffee", "waterproof-ratings",
         "first-ski-tour", "repair-not-replace", "family-camping", "map-and-compass", "boots-that-fit", "northern-lights"];

    /// <summary>Everything on sale.</summary>
    public static Product[] Products { get; } =
        [.. Categories.SelectMany((category, c) => Ranges.Select((range, r) => new Product(category, range, (c * 100) + r)))];

    /// <summary>The home page.</summary>
    public static Page Home { get; } = new("/", "Fjord Outfitters: gear for the north", PageKind.Home, null);

    /// <summary>One list page per category.</summary>
    public static Page[] Lists { get; } =
        [.. Categories.Select(category => new Page($"/{category}", $"{Title(category)} | Fjord Outfitters", PageKind.List, null))];

    /// <summary>One page per product.</summary>
    public static Page[] ProductPages { get; } = [.. Products.Select(product =>
        new Page($"/{product.Category}/{product.Sku.ToLowerInvariant()}", $"{product.Name} | Fjord Outfitters", PageKind.Product, product))];

    /// <summary>The journal's articles.</summary>
    public static Page[] Journal { get; } = [.. Articles.Select(article =>
        new Page($"/journal/{article}", $"{Title(article)} – Fjord Journal", PageKind.Article, null))];

    /// <summary>The first step of the checkout.</summary>
    public static Page Checkout { get; } = new("/checkout", "Checkout | Fjord Outfitters", PageKind.Checkout, null);

    /// <summary>The page that confirms an order.</summary>
    public static Page Confirmation { get; } = new("/checkout/thank-you", "Thank you | Fjord Outfitters", PageKind.Confirmation, null);

    /// <summary>A page as a visitor who looks around would choose it next.</summary>
    public static Page Wander(ref SeededRandom random) => random.NextDouble() switch
    {
        < 0.10 => Home,
        < 0.40 => random.Pick<Page>(Lists),
        < 0.85 => random.Pick<Page>(ProductPages),
        _ => random.Pick<Page>(Journal),
    };

    private static string Title(string slug) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(slug[..1]) + slug[1..].Replace('-', ' ');
}

/// <summary>What a page of the shop is for.</summary>
internal enum PageKind { Home, List, Product, Article, Checkout, Confirmation }

/// <summary>A page of the shop.</summary>
internal sealed class Page(string path, string title, PageKind kind, Product? product)
{
    /// <summary>The full address.</summary>
    public string Url { get; } = Shop.Origin + path;

    /// <summary>The full address in UTF-8.</summary>
    public byte[] UrlBytes { get; } = Encoding.UTF8.GetBytes(Shop.Origin + path);

    /// <summary>The title in UTF-8.</summary>
    public byte[] TitleBytes { get; } = Encoding.UTF8.GetBytes(title);

    /// <summary>What the page is for.</summary>
    public PageKind Kind { get; } = kind;

    /// <summary>What a product page sells; else null.</summary>
    public Product? Product { get; } = product;
}

/// <summary>A product of the shop.</summary>
internal sealed class Product(string category, string range, int number)
{
    /// <summary>The list it is in.</summary>
    public string Category { get; } = category;

    /// <summary>The stock-keeping unit.</summary>
    public string Sku { get; } = $"FJ-{number:D4}";

    /// <summary>The name shown.</summary>
    public string Name { get; } = $"{range} {category.Replace('-', ' ')}";

    /// <summary>The price of one, in euros.</summary>
    public Money Price { get; } = new(1990 + (number * 7919 % 28_000 / 100 * 100));
}
