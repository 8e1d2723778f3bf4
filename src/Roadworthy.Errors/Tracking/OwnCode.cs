using Microsoft.Extensions.Options;

namespace Roadworthy.Errors.Tracking;

/// <summary>
/// Tells one's own frames from those of the framework and of libraries, by their namespaces: a trace holds nothing else for certain. A singleton of the services.
/// </summary>
/// <param name="options">Where the names come from that are added to the built-in ones.</param>
public sealed class OwnCode(IOptions<ErrorTrackingOptions> options)
{
    private static readonly string[] Libraries =
    [
        "System", "Microsoft", "Npgsql", "Roadworthy", "Interop", "Internal", "lambda_method", "Amazon", "Ardalis", "Autofac", "AutoMapper", "Azure", "BouncyCastle",
        "Castle", "Confluent", "CsvHelper", "Dapper", "Duende", "EFCore", "Elastic", "FastEndpoints", "FluentValidation", "Google", "GraphQL", "Grpc", "Hangfire",
        "HealthChecks", "HotChocolate", "Humanizer", "Jering", "LinqToDB", "MailKit", "Mapster", "MassTransit", "MediatR", "MessagePack", "MimeKit", "MongoDB",
        "MySqlConnector", "NetTopologySuite", "Newtonsoft", "NHibernate", "NLog", "NodaTime", "NSec", "OpenIddict", "OpenTelemetry", "Org", "Polly", "Quartz",
        "RabbitMQ", "Refit", "RestSharp", "Scalar", "Sentry", "Serilog", "SixLabors", "StackExchange", "Swashbuckle", "Wolverine", "Marten", "ZLogger", "xunit", "Xunit",
    ];

    private readonly string[] _own = [.. options.Value.OwnNamespaces];
    private readonly string[] _libraries = [.. Libraries, .. options.Value.LibraryNamespaces];

    /// <summary>Whether a line of a stack trace, without "at", is one's own.</summary>
    public bool Owns(ReadOnlySpan<char> frame) =>
        !frame.StartsWith("---", StringComparison.Ordinal) && (IsIn(frame, _own) || !IsIn(frame, _libraries));

    private static bool IsIn(ReadOnlySpan<char> frame, string[] namespaces)
    {
        foreach (var name in namespaces)
        {
            // A whole part of the name: Systematic.Shop is nobody's library.
            if (frame.StartsWith(name, StringComparison.Ordinal) && (frame.Length == name.Length || frame[name.Length] is '.' or '(' || name[^1] is '.' || name is "lambda_method"))
            {
                return true;
            }
        }

        return false;
    }
}
