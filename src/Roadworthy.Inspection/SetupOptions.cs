using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection;

/// <summary>What an inspection is set up with. Either <see cref="Backend"/> or <see cref="Target"/> is needed, and a database.</summary>
internal sealed class SetupOptions
{
    /// <summary>The backend to start. Ignored where there is a <see cref="Target"/>.</summary>
    public BackendOptions? Backend { get; init; }

    /// <summary>A backend that runs already, on loopback.</summary>
    public Uri? Target { get; init; }

    /// <summary>What the backend is given, as Npgsql takes it: the address of a proxy where one stands between. Needed where a backend is started.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The same database without a proxy, for the inspection's own statements. Default: <see cref="ConnectionString"/>.</summary>
    public string? DirectConnectionString { get; init; }

    /// <summary>What passes the proxy, so that a backend of which nothing does is not driven. Default null: nobody looks.</summary>
    public Wire.StatementLog? Statements { get; init; }

    /// <summary>A file, or a path or URL of the backend, that describes the API. Default null: it is looked for.</summary>
    public string? Description { get; init; }

    /// <summary>An API that was learned by other means, and is taken as it is.</summary>
    public Api.ApiDescription? Api { get; init; }

    /// <summary>Accounts that exist, by the name of the identity: A, B, admin. Each holds what a log-in asks for: email, username, password.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Accounts { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>The same one makes the same requests. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many requests may be made until the survey is done. Default: 5,000.</summary>
    public int MostRequests { get; init; } = 5000;

    /// <summary>How long that may take. Default: five minutes.</summary>
    public TimeSpan SurveyTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one answer may take. Default: 30 seconds.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
