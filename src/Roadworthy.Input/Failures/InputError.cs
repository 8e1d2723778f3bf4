namespace Roadworthy.Input.Failures;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Key">A JSON Pointer into the body (RFC 6901; "" is the body), or <c>query:name</c>, <c>path:name</c>, <c>header:name</c>.</param>
/// <param name="Rule">One of <see cref="InputRule"/>, or the name of a validation rule.</param>
/// <param name="Message">What is wanted and the kind of value that came, as a sentence. Never the value.</param>
internal readonly record struct InputError(string Key, string Rule, string Message);
