using System.Net;
using System.Text.Json;
using Orleans.Runtime;
using Snowplow.Silo.Api;

namespace Snowplow.Silo.Tests.Api;

public sealed class UnreachableGrainsTests : IAsyncLifetime
{
    private readonly WebApplication _server;
    private readonly HttpClient _http = new();

    public UnreachableGrainsTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        var api = _server.MapGroup("/api").AnswerUnreachableGrains();
        api.MapGet("/lost", () => Fail(new SiloUnavailableException("The silo has been lost.")));
        api.MapGet("/late", () => Fail(new TimeoutException("No answer.")));
        api.MapGet("/fault", () => Fail(new InvalidOperationException("A fault.")));
        api.MapGet("/well", () => "well");
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        _http.BaseAddress = new Uri(_server.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("late")]
    public async Task Grain_ThatCannotBeReached_IsToBeAskedForAgain(string path)
    {
        using var answer = await _http.GetAsync(new Uri($"api/{path}", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error").GetString()!.ShouldContain("Ask again");
    }

    [Theory]
    [InlineData("fault", HttpStatusCode.InternalServerError)]
    [InlineData("well", HttpStatusCode.OK)]
    public async Task WhatElseHappens_IsAsItWas(string path, HttpStatusCode status)
    {
        using var answer = await _http.GetAsync(new Uri($"api/{path}", UriKind.Relative));

        answer.StatusCode.ShouldBe(status);
    }

    private static Task<string> Fail(Exception failure) => Task.FromException<string>(failure);
}
