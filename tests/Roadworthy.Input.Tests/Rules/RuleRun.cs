using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input.Tests.Rules;

/// <summary>Runs the rules of a type over a document, as the endpoint guard does.</summary>
internal sealed class RuleRun
{
    private readonly ServiceCollection _services = [];
    private readonly List<string> _unread = [];
    private int _limit = 100;

    public static RuleRun New => new();

    public static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>A pointer that the reader has refused.</summary>
    public RuleRun Unread(string at)
    {
        _unread.Add(at);
        return this;
    }

    public RuleRun Limit(int limit)
    {
        _limit = limit;
        return this;
    }

    public RuleRun With(Action<IServiceCollection> services)
    {
        services(_services);
        return this;
    }

    public Task<Outcome> OnAsync<T>(string json, JsonSerializerOptions? options = null) => OnAsync((options ?? Web).GetTypeInfo(typeof(T)), json);

    public async Task<Outcome> OnAsync(JsonTypeInfo typeInfo, string json)
    {
        await using var provider = _services.BuildServiceProvider();
        var errors = new InputErrors(_limit);
        foreach (var pointer in _unread) errors.Add(pointer, InputRule.Type, "Could not be read.");
        var rules = BodyRules.For(BodySchema.For(typeInfo), provider);
        if (rules is null) return new Outcome(HasRules: false, [], Truncated: false);
        await using var scope = provider.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await rules.CheckAsync(Encoding.UTF8.GetBytes(json), errors, http);
        return new Outcome(HasRules: true, [.. errors.Kept.Skip(_unread.Count)], errors.Truncated);
    }
}

/// <param name="HasRules">The type has rules at all.</param>
/// <param name="Errors">What the rules have found, without what the reader had.</param>
/// <param name="Truncated">There was more than is listed.</param>
internal sealed record Outcome(bool HasRules, IReadOnlyList<InputError> Errors, bool Truncated)
{
    /// <summary>The pointers and rules: "/lines/0/quantity range".</summary>
    public IEnumerable<string> Found => Errors.Select(error => $"{error.Key} {error.Rule}");
}
