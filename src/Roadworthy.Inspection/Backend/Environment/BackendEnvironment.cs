using System.Globalization;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Backend;

/// <summary>
/// The environment that a backend is started with: of this process's only what programs need to run at all, never its secrets; the
/// database in every form; what the repository's examples name.
/// </summary>
internal static class BackendEnvironment
{
    private static readonly string[] Inherited =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "TERM", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "DOTNET_ROOT", "DOTNET_CLI_HOME", "NUGET_PACKAGES", "NVM_DIR", "NVM_BIN", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "VOLTA_HOME", "FNM_DIR", "PNPM_HOME", "BUN_INSTALL",
        "PYENV_ROOT", "PYENV_VERSION", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "CONDA_PREFIX", "GEM_HOME", "GEM_PATH", "BUNDLE_PATH", "RBENV_ROOT", "RBENV_VERSION", "RUBYLIB",
        "JAVA_HOME", "JDK_HOME", "M2_HOME", "MAVEN_HOME", "GRADLE_HOME", "GRADLE_USER_HOME", "GOPATH", "GOROOT", "GOCACHE", "GOMODCACHE", "CARGO_HOME", "RUSTUP_HOME",
        "SystemRoot", "SystemDrive", "windir", "PATHEXT", "ComSpec", "ProgramFiles", "ProgramData", "APPDATA", "LOCALAPPDATA", "USERPROFILE",
    ];

    private static readonly string[] Placeholders = ["secret", "changeme", "change_me", "change-me", "your", "xxx", "todo", "replace", "example", "dummy", "<", "..."];

    /// <param name="database">What it is given.</param>
    /// <param name="names">What its repository speaks of.</param>
    /// <param name="port">To listen on.</param>
    /// <param name="around">What stands in for the world; null for nothing.</param>
    /// <param name="own">The user's variables.</param>
    public static Dictionary<string, string> Make(DatabaseAddress database, EnvironmentNames names, int port, Surroundings? around, IReadOnlyDictionary<string, string> own)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Inherited) if (System.Environment.GetEnvironmentVariable(name) is { } value) result[name] = value;
        foreach (var name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("LC_", StringComparison.Ordinal))) result[name] = System.Environment.GetEnvironmentVariable(name)!;
        // A secret of the user's own .env is what the backend was made to start with: a made-up one may not even be of its kind.
        foreach (var (name, value) in names.Examples)
            if (!IsOwnSecret(names, name)) result[name] = Example(name, value);
        AddUsual(result, database, port);
        foreach (var name in names.Read.Concat(names.Examples.Keys))
            if (Database(name, names.Addresses.GetValueOrDefault(name) ?? names.Examples.GetValueOrDefault(name, ""), database) is { } value) result[name] = value;
            else if (VariableKinds.Of(name) is VariableKind.HttpPort) result[name] = port.ToString(CultureInfo.InvariantCulture);
            else if (VariableKinds.Of(name) is VariableKind.Secret && !result.ContainsKey(name) && !IsOwnSecret(names, name)) result[name] = Invented(name);
        foreach (var (name, value) in names.Addresses) result[name] = database.Like(value);
        foreach (var name in names.ConnectionStrings) result[$"ConnectionStrings__{name}"] = database.Npgsql;
        foreach (var path in names.OtherConnectionSettings) result[path.Replace(":", "__", StringComparison.Ordinal)] = database.Npgsql;
        if (around is not null)
        {
            AddProxy(result, around.Proxy);
            AddMail(result, names, around.MailPort.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in own) result[name] = database.Fill(value).Replace("{mailport}", around?.MailPort.ToString(CultureInfo.InvariantCulture) ?? "", StringComparison.OrdinalIgnoreCase);
        return result;
    }

    private static void AddUsual(Dictionary<string, string> result, DatabaseAddress database, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        (string, string)[] usual =
        [
            ("DATABASE_URL", database.Url()), ("POSTGRES_URL", database.Url()), ("DB_URL", database.Url()), ("POSTGRES_URI", database.Url()), ("DATABASE_URI", database.Url()),
            ("PGHOST", database.Host), ("PGPORT", database.PortText), ("PGUSER", database.User), ("PGPASSWORD", database.Password), ("PGDATABASE", database.Database), ("PGSSLMODE", "disable"),
            ("DB_HOST", database.Host), ("DB_PORT", database.PortText), ("DB_USER", database.User), ("DB_USERNAME", database.User), ("DB_PASS", database.Password),
            ("DB_PASSWORD", database.Password), ("DB_NAME", database.Database), ("DB_DATABASE", database.Database),
            ("POSTGRES_HOST", database.Host), ("POSTGRES_PORT", database.PortText), ("POSTGRES_USER", database.User), ("POSTGRES_PASSWORD", database.Password), ("POSTGRES_DB", database.Database),
            ("DATABASE_HOST", database.Host), ("DATABASE_PORT", database.PortText), ("DATABASE_USER", database.User), ("DATABASE_USERNAME", database.User),
            ("DATABASE_PASSWORD", database.Password), ("DATABASE_NAME", database.Database),
            ("TYPEORM_CONNECTION", "postgres"), ("TYPEORM_HOST", database.Host), ("TYPEORM_PORT", database.PortText), ("TYPEORM_USERNAME", database.User),
            ("TYPEORM_PASSWORD", database.Password), ("TYPEORM_DATABASE", database.Database),
            ("SPRING_DATASOURCE_URL", database.Jdbc), ("SPRING_DATASOURCE_USERNAME", database.User), ("SPRING_DATASOURCE_PASSWORD", database.Password),
            ("ConnectionStrings__DefaultConnection", database.Npgsql), ("ConnectionStrings__Default", database.Npgsql),
            ("PORT", text), ("SERVER_PORT", text), ("ASPNETCORE_URLS", $"http://127.0.0.1:{text}"),
        ];
        foreach (var (name, value) in usual) result[name] = value;
        foreach (var (name, value) in ((string, string)[])[("NODE_ENV", "development"), ("ASPNETCORE_ENVIRONMENT", "Development"), ("DOTNET_ENVIRONMENT", "Development"), ("RAILS_ENV", "development"), ("HOST", "127.0.0.1")])
            result.TryAdd(name, value);
        (result["DOTNET_NOLOGO"], result["DOTNET_CLI_TELEMETRY_OPTOUT"], result["NEXT_TELEMETRY_DISABLED"], result["PYTHONUNBUFFERED"]) = ("1", "1", "1", "1");
    }

    private static string? Database(string name, string example, DatabaseAddress database) => VariableKinds.Of(name) switch
    {
        VariableKind.DatabaseUrl => database.Like(example),
        VariableKind.DatabaseHost => database.Host,
        VariableKind.DatabasePort => database.PortText,
        VariableKind.DatabaseUser => database.User,
        VariableKind.DatabasePassword => database.Password,
        VariableKind.DatabaseName => database.Database,
        VariableKind.DatabaseTls => name.EndsWith("MODE", StringComparison.OrdinalIgnoreCase) ? "disable" : "false",
        _ => null,
    };

    /// <summary>A secret that an example leaves open, or that is too short to be one, is made up; anything else is taken as it is.</summary>
    private static string Example(string name, string value)
    {
        if (VariableKinds.Of(name) is not VariableKind.Secret) return value;
        return value.Length < 32 || Placeholders.Any(each => value.Contains(each, StringComparison.OrdinalIgnoreCase)) ? Invented(name) : value;
    }

    private static bool IsOwnSecret(EnvironmentNames names, string name) => VariableKinds.Of(name) is VariableKind.Secret && names.Own.Contains(name);

    private static string Invented(string name)
    {
        var dice = Dice.For(0, "variable", name);
        return dice.Uuid().ToString("N") + dice.Uuid().ToString("N");
    }

    /// <summary>Wherever mail was to go, it goes to the inspection.</summary>
    private static void AddMail(Dictionary<string, string> result, EnvironmentNames names, string port)
    {
        foreach (var name in names.Read.Concat(names.Examples.Keys).Concat(["SMTP_HOST", "SMTP_PORT", "MAIL_HOST", "MAIL_PORT", "EMAIL_HOST", "EMAIL_PORT"]).Distinct(StringComparer.Ordinal))
        {
            var words = Names.Words(name);
            if (!words.Any(word => word is "smtp" or "mail" or "mailer" or "email")) continue;
            if (words[^1] is "host" or "server" or "hostname") result[name] = "127.0.0.1";
            else if (words[^1] is "port" && !words.Contains("client", StringComparer.Ordinal)) result[name] = port;
            else if (words[^1] is "secure" or "tls" or "ssl") result[name] = "false";
            // The sink takes any name, and a client that has none refuses to send.
            else if (words[^1] is "user" or "username" or "login" or "password" or "pass" && result.GetValueOrDefault(name, "").Length == 0) result[name] = "inspection@example.com";
        }
    }

    private static void AddProxy(Dictionary<string, string> result, Uri proxy)
    {
        foreach (var name in (string[])["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]) result[name] = proxy.GetLeftPart(UriPartial.Authority);
        result["NO_PROXY"] = result["no_proxy"] = "localhost,127.0.0.1,::1";
    }
}
