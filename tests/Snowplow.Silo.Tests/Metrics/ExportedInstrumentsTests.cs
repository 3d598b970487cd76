using System.Diagnostics.Metrics;
using Snowplow.Silo.Metrics;

namespace Snowplow.Silo.Tests.Metrics;

public sealed class ExportedInstrumentsTests
{
    [Theory]
    [InlineData("Snowplow.Pipeline", "snowplow.pipeline.good")]
    [InlineData("System.Runtime", "dotnet.gc.collections")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "kestrel.active_connections")]
    [InlineData("Microsoft.Orleans", "orleans-grains")]
    [InlineData("Microsoft.Orleans", "orleans-messaging-sent-failed")]
    [InlineData("Microsoft.Orleans", "orleans-streams-persistent-stream-messages-read")]
    public void Contains_WhatOperatorsLookAt_IsTrue(string meter, string instrument) => IsExported(meter, instrument).ShouldBeTrue();

    [Theory]
    [InlineData("System.Net.Http", "http.client.request.duration")]
    [InlineData("Snowplow", "of.another.product")]
    [InlineData("Microsoft.OrleansDashboard", "of.another.product")]
    [InlineData("Microsoft.Orleans", "orleans-messaging-sent-messages-size")]
    [InlineData("Microsoft.Orleans", "orleans-messaging-pings-sent")]
    [InlineData("Microsoft.Orleans", "orleans-streams-queue-cache-size")]
    [InlineData("Microsoft.Orleans", "orleans-streams-block-pool-total-memory")]
    public void Contains_OtherMetersAndSeriesWithoutBound_IsFalse(string meter, string instrument) => IsExported(meter, instrument).ShouldBeFalse();

    private static bool IsExported(string meter, string instrument)
    {
        using var made = new Meter(meter);
        return ExportedInstruments.Contains(made.CreateCounter<long>(instrument));
    }
}
