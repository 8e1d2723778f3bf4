using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>The rules of a body's type: validation attributes, IValidatableObject, and those of registered validators.</summary>
internal sealed class BodyRules
{
    private readonly JsonTypeInfo _typeInfo;
    private readonly TypeRules _rules;
    private readonly IInputValidator[] _validators;
    private readonly int _maxDepth;

    private BodyRules(BodySchema schema, TypeRules rules, IInputValidator[] validators)
    {
        _typeInfo = schema.TypeInfo;
        _rules = rules;
        _validators = validators;
        _maxDepth = schema.MaxDepth;
    }

    /// <summary>Null where the type has no rules at all, so that valid bodies are not read twice.</summary>
    public static BodyRules? For(BodySchema schema, IServiceProvider services)
    {
        var typeInfo = schema.TypeInfo;
        var rules = TypeRulesBuilder.For(typeInfo);
        var validators = services.GetServices<IInputValidator>().Where(validator => validator.Validates(typeInfo.Type, services)).ToArray();
        return rules.HasRules || validators.Length > 0 ? new BodyRules(schema, rules, validators) : null;
    }

    /// <summary>Reads the document and runs the rules, past the pointers that have errors already.</summary>
    /// <param name="document">What <see cref="BodyReader"/> handed on: UTF-8 JSON that the host's binder can read, or could but for absent members.</param>
    /// <param name="errors">The errors of the body so far, and where further ones go.</param>
    /// <param name="http">The request.</param>
    public ValueTask CheckAsync(ReadOnlyMemory<byte> document, InputErrors errors, HttpContext http)
    {
        var unread = UnreadPointers.Of(errors);
        if (errors.Truncated || unread.Has("")) return default;
        return unread.Any ? CheckRestAsync(document, errors, unread, http) : CheckWholeAsync(document, errors, unread, http);
    }

    // The host's binder reads the same document again: what is wrong with it, it says itself.
    private ValueTask CheckWholeAsync(ReadOnlyMemory<byte> document, InputErrors errors, UnreadPointers unread, HttpContext http)
    {
        object? body;
        try
        {
            body = JsonSerializer.Deserialize(document.Span, _typeInfo);
        }
        catch (JsonException)
        {
            return default;
        }

        if (body is null) return default;
        var findings = new RuleFindings(body, _rules, _maxDepth, errors, unread);
        CheckAttributes(findings, http);
        return _validators.Length == 0 ? default : CheckValidatorsAsync(findings, http);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Code that meets a body with parts missing may fail for want of them. The answer is what is known of the body so far.")]
    private async ValueTask CheckRestAsync(ReadOnlyMemory<byte> document, InputErrors errors, UnreadPointers unread, HttpContext http)
    {
        var relaxed = RelaxedJson.Of(_typeInfo);
        try
        {
            if (JsonSerializer.Deserialize(document.Span, relaxed) is not { } body) return;
            var findings = new RuleFindings(body, _rules, _maxDepth, errors, unread);
            CheckAttributes(findings, http);
            await CheckValidatorsAsync(findings, http).ConfigureAwait(false);
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private void CheckAttributes(RuleFindings findings, HttpContext http)
    {
        if (!_rules.HasRules) return;
        var seen = _typeInfo.Options.ReferenceHandler is null ? null : new HashSet<object>(ReferenceEqualityComparer.Instance);
        using var walk = new RuleWalk(findings, http.RequestServices, seen);
        walk.Value(findings.Body, _rules);
    }

    private async ValueTask CheckValidatorsAsync(RuleFindings findings, HttpContext http)
    {
        var report = new InputReport(findings);
        foreach (var validator in _validators)
        {
            if (findings.Ended) return;
            await validator.ValidateAsync(_typeInfo.Type, findings.Body, http, report).ConfigureAwait(false);
        }
    }
}
