using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Forget;

/// <summary><c>snowplow forget</c>: has a running server forget a person, and waits until states and tables have.</summary>
internal static class ForgetCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "forget";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow forget ann@example.com
        snowplow forget d:0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d --url https://snowplow.example --api-key KEY
        """;

    private const string Description = """
        Have a running server forget a person: states, mapping and all tables lose what was collected of the person so far.

        The files keep it until 'snowplow purge'. What comes of the same ids afterwards is a person anew.
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private static readonly Argument<string> Id = new("id")
    {
        Description = "user_id, domain_userid or network_userid as the tracker sent it; or a user key with its kind, such as d:….",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Id, ServerAccess.Url, ServerAccess.ApiKey };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var output = result.InvocationConfiguration.Output;
        using var http = ServerAccess.Connect(result);
        try
        {
            var id = Uri.EscapeDataString(result.GetValue(Id)!);
            var erasure = await ReadAsync(await http.DeleteAsync(new Uri($"/api/users/{id}", UriKind.Relative), stop).ConfigureAwait(false), stop).ConfigureAwait(false);
            var receipt = erasure.GetProperty("receipt").GetGuid();
            await output.WriteLineAsync($"Receipt {receipt}: accepted, and will be done even if this command is ended.").ConfigureAwait(false);
            while (State(erasure) == "accepted")
            {
                await Task.Delay(Poll, stop).ConfigureAwait(false);
                erasure = await ReadAsync(await http.GetAsync(new Uri($"/api/erasures/{receipt}", UriKind.Relative), stop).ConfigureAwait(false), stop).ConfigureAwait(false);
            }

            await output.WriteLineAsync(Outcome(erasure)).ConfigureAwait(false);
            return State(erasure) == "forgotten" ? 0 : 1;
        }
        catch (HttpRequestException failure)
        {
            throw ServerAccess.Silent(http, failure);
        }
    }

    private static string Outcome(JsonElement erasure) => State(erasure) switch
    {
        "forgotten" => $"Forgotten: {erasure.GetProperty("users")} users and {erasure.GetProperty("sessions")} sessions, up to {erasure.GetProperty("forgotten_at").GetString()}. "
            + "The files still hold them: stop the server and run 'snowplow purge'.",
        "not_found" => "Nothing of a person with this id was found.",
        _ => erasure.TryGetProperty("reason", out var reason) ? reason.GetString()! : State(erasure),
    };

    private static string State(JsonElement erasure) => erasure.GetProperty("state").GetString()!;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        using (response)
        {
            if (response.StatusCode == HttpStatusCode.Unauthorized) throw ServerAccess.WantsKey();
            if (response.IsSuccessStatusCode) return await response.Content.ReadFromJsonAsync<JsonElement>(stop).ConfigureAwait(false);
            throw new StartupException($"The server refuses it: {await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false)}");
        }
    }
}
