using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Roadworthy.Input.FluentValidation.Tests.Support;

/// <summary>An application with one endpoint, guarded, that answers what it was given.</summary>
internal static class GuardedApp
{
    /// <summary>Posts a body; tells what was refused as "pointer rule: message", nothing where it was taken.</summary>
    public static async Task<IReadOnlyList<string>> PostAsync<TBody>(string body, Action<IServiceCollection> services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRoadworthyInput();
        services(builder.Services);
        await using var app = builder.Build();
        Delegate handler = (TBody given) => "taken";
        app.MapPost("/", handler);
        await app.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json);
        using var response = await app.GetTestClient().PostAsync(new Uri("/", UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode) return [];
        Assert.True((int)response.StatusCode == 400, $"{(int)response.StatusCode}: {text}");
        var problem = JsonElement.Parse(text);
        var rules = problem.GetProperty("rules");
        return
        [
            .. problem.GetProperty("errors").EnumerateObject().SelectMany(errors =>
                errors.Value.EnumerateArray().Select((message, i) => $"{errors.Name} {rules.GetProperty(errors.Name)[i].GetString()}: {message.GetString()}")),
        ];
    }
}
