namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>The tests that share a <see cref="ShopPlatform"/>.</summary>
[CollectionDefinition(Name)]
public sealed class ShopPlatformCollection : ICollectionFixture<ShopPlatform>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "trackers";
}
