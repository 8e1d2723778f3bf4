using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Mutations;

/// <summary>A valid request of one operation, as often as it is wanted.</summary>
internal sealed class Seed
{
    private const string Password = "/password";

    private readonly Operation _operation;
    private readonly string _path;
    private readonly string[] _query;
    private readonly string? _body;
    private readonly List<(string Name, string Value)> _headers;

    private Seed(Operation operation, Samples samples)
    {
        _operation = operation;
        var target = samples.Target(operation).Split('?');
        (_path, _query, _body) = (target[0], target.Length > 1 ? target[1].Split('&') : [], samples.Body(operation));
        _headers = [("Host", "storefront")];
        if (operation.Closed) _headers.Add(("Authorization", samples.Admin.Client.DefaultRequestHeaders.Authorization!.ToString()));
        _headers.AddRange(samples.Headers(operation));
        if (_body is not null) _headers.Add(("Content-Type", "application/json"));
        TakesPassword = operation.Body?.Members().Any(member => member.Pointer == Password) == true;
    }

    /// <summary>The operation hashes a password where the input is good.</summary>
    public bool TakesPassword { get; }

    public static Seed[] Of(IEnumerable<Operation> operations, Samples samples) => [.. operations.Select(operation => new Seed(operation, samples))];

    /// <param name="cheap">With a password that is refused before anything is hashed.</param>
    public Message Create(bool cheap) => new()
    {
        Method = _operation.Method.Method,
        Path = _path,
        Query = [.. _query],
        Headers = [.. _headers],
        Json = _body is null ? null : cheap && TakesPassword ? JsonTree.Parse(_body).Replace(Password, "5") : JsonTree.Parse(_body),
    };

    public override string ToString() => _operation.ToString();
}
