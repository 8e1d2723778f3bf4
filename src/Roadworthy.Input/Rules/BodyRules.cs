using Microsoft.AspNetCore.Http;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>The rules of a body's type: validation attributes, IValidatableObject, and those of registered validators.</summary>
internal sealed class BodyRules
{
    /// <summary>Null where the type has no rules at all, so that valid bodies are not read twice.</summary>
    public static BodyRules? For(BodySchema schema, IServiceProvider services) => throw new NotSupportedException();

    /// <summary>Reads the document and runs the rules, past the pointers that have errors already.</summary>
    /// <param name="document">What <see cref="BodyReader"/> handed on: UTF-8 JSON that the host's binder can read, or could but for absent members.</param>
    /// <param name="errors">The errors of the body so far, and where further ones go.</param>
    /// <param name="http">The request.</param>
    public ValueTask CheckAsync(ReadOnlyMemory<byte> document, InputErrors errors, HttpContext http) => throw new NotSupportedException();
}
