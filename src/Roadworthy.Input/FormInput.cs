using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Problems;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input;

/// <summary>
/// Reads a form that a browser sent as if it were the JSON body of an endpoint: its fields are members, whose values are all text, and the rules of the
/// body's type hold. So a page and an API take and refuse the same, and nothing is written twice.
/// </summary>
public sealed class FormInput
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<Type, Reader> _readers = [];
    private readonly JsonSerializerOptions _json;
    private readonly InputOptions _options;
    private readonly InputMetrics _metrics;
    private readonly IServiceProvider _services;

    internal FormInput(IOptions<JsonOptions> json, IOptions<InputOptions> options, InputMetrics metrics, IServiceProvider services) =>
        (_json, _options, _metrics, _services) = (json.Value.SerializerOptions, options.Value, metrics, services);

    /// <summary>Reads the request's form. A field of no member is left out: a form has some of its own, such as a token against forgery.</summary>
    /// <typeparam name="T">An object whose members are the fields: what an endpoint takes as its body.</typeparam>
    /// <param name="http">The request. Its form has to be bounded, as ASP.NET Core's options do.</param>
    /// <returns>The value, or what is wrong with each field.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is no object, or the application's JSON options don't describe it in full.</exception>
    /// <exception cref="BadHttpRequestException">The body could not be read: it is no form, holds a NUL, or is larger than ASP.NET Core's options allow.</exception>
    public async ValueTask<FormReading<T>> ReadAsync<T>(HttpContext http)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(http);
        var reader = _readers.GetOrAdd(typeof(T), Build);
        var form = await FormOfAsync(http).ConfigureAwait(false);
        var body = ToJson(form, reader.Schema.TypeInfo);
        var errors = new InputErrors(_options.MaxErrors);
        var reading = BodyReader.Read(body, reader.Schema, optional: false, _options.MaxMembers, errors);
        using var document = reading.Document;
        var read = document?.Memory ?? body;
        if (reading.Readable && reader.Rules is not null) await reader.Rules.CheckAsync(read, errors, http).ConfigureAwait(false);
        if (!errors.Any) return new((T?)JsonSerializer.Deserialize(read.Span, reader.Schema.TypeInfo), FormReading<T>.NoErrors);
        _metrics.Refused(errors.Kept);
        return new(Value: null, errors.Kept.GroupBy(error => Field(error.Key), StringComparer.Ordinal)
            .ToDictionary(field => field.Key, IReadOnlyList<FormError> (field) => [.. field.Select(error => new FormError(error.Rule, error.Message))], StringComparer.Ordinal));
    }

    // Whatever a client has sent is not the server's failure.
    private static async ValueTask<IFormCollection> FormOfAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException { Source: "Microsoft.AspNetCore.Http" } or IOException { Source: "Microsoft.AspNetCore.WebUtilities" })
        {
            throw new BadHttpRequestException("The form can't be read.", StatusCodes.Status400BadRequest, error);
        }
    }

    private Reader Build(Type type)
    {
        _json.MakeReadOnly();
        var schema = BodySchema.For(_json.GetTypeInfo(type));
        if (schema.TypeInfo.Kind != JsonTypeInfoKind.Object)
            throw new InvalidOperationException($"A form can't be read as '{type}', which JSON writes as {schema.TypeInfo.Kind}. Take a type whose members are the form's fields.");
        return new(schema, BodyRules.For(schema, _services));
    }

    private static byte[] ToJson(IFormCollection form, JsonTypeInfo type)
    {
        using var bytes = new PooledBuffer(256);
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            foreach (var member in type.Properties)
            {
                if (!form.TryGetValue(member.Name, out var values) || values.Count == 0) continue;
                json.WritePropertyName(member.Name);
                if (values.Count == 1)
                {
                    json.WriteStringValue(values[0]);
                    continue;
                }

                json.WriteStartArray();
                foreach (var value in values) json.WriteStringValue(value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return bytes.Span.ToArray();
    }

    // A form is flat: what is wrong inside a member is wrong with its field.
    private static string Field(string pointer)
    {
        var name = pointer.TrimStart('/');
        var end = name.IndexOf('/', StringComparison.Ordinal);
        return (end < 0 ? name : name[..end]).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }

    private sealed record Reader(BodySchema Schema, BodyRules? Rules);
}
