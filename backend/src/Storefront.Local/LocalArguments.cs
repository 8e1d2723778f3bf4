namespace Storefront.Local;

/// <summary>What <c>./run</c> understands by itself; everything else goes to the backend's configuration.</summary>
/// <param name="Migrate">Migrate and end.</param>
/// <param name="Demo">Whether to load demo data: by default on the embedded server, and never on a given one.</param>
/// <param name="Data">The folder that keeps the data of the embedded server; null for the default.</param>
/// <param name="Help">Print what there is and end.</param>
/// <param name="Rest">For the backend.</param>
internal sealed record LocalArguments(bool Migrate, bool? Demo, string? Data, bool Help, string[] Rest)
{
    public const string Usage = """
        ./run [migrate] [options]

        Starts the backend on a PostgreSQL of its own, with demo data, or on the server that ConnectionStrings__Storefront names.

          migrate          bring the schema up to this version, and end
          --urls URL       where to listen (default http://127.0.0.1:5080)
          --demo           load demo data into a given server's empty database, too
          --no-demo        no demo data on the embedded server
          --data FOLDER    where the embedded server keeps its data
          --Section:Key V  any setting of the backend, as ASP.NET Core reads it
          --help           this text

        Environment: ConnectionStrings__Storefront, Storefront__RootKey, STOREFRONT_DEMO_PASSWORD, ROADWORTHY_PG_BIN,
        ASPNETCORE_ENVIRONMENT (Development where unset), OTEL_EXPORTER_OTLP_ENDPOINT.
        """;

    /// <exception cref="LocalStartException">A word is not understood, or an option has no value behind it.</exception>
    public static LocalArguments Parse(string[] args)
    {
        var parsed = new LocalArguments(false, null, null, false, []);
        var rest = new List<string>();
        for (var at = 0; at < args.Length; at++)
        {
            parsed = args[at] switch
            {
                "migrate" => parsed with { Migrate = true },
                "--demo" => parsed with { Demo = true },
                "--no-demo" => parsed with { Demo = false },
                "--help" or "-h" => parsed with { Help = true },
                "--data" when at + 1 < args.Length && args[at + 1].Length > 0 => parsed with { Data = args[++at] },
                "--data" => throw new LocalStartException("--data needs a folder behind it, for example --data ~/storefront-data."),
                _ when args[at].Contains('=', StringComparison.Ordinal) => Keep(args[at]),
                _ when args[at].StartsWith("--", StringComparison.Ordinal) && at + 1 < args.Length => Keep(args[at], args[++at]),
                _ => throw new LocalStartException($"'{args[at]}' is not understood, or wants a value behind it. ./run --help tells what there is."),
            };
        }

        return parsed with { Rest = [.. rest] };

        LocalArguments Keep(params ReadOnlySpan<string> arguments)
        {
            rest.AddRange(arguments);
            return parsed;
        }
    }
}

/// <summary>A start that can't be; its message is for the person at the terminal.</summary>
internal sealed class LocalStartException(string message) : Exception(message);
