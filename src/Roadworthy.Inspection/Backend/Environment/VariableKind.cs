using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Backend;

/// <summary>What a variable of a backend's environment is for, by its name.</summary>
internal enum VariableKind
{
    Other,
    DatabaseUrl,
    DatabaseHost,
    DatabasePort,
    DatabaseUser,
    DatabasePassword,
    DatabaseName,
    DatabaseTls,
    HttpPort,
    Secret,
}

/// <summary>Tells a variable's kind.</summary>
internal static class VariableKinds
{
    private static readonly string[] DatabaseWords = ["db", "database", "postgres", "postgresql", "pg", "typeorm", "sequelize", "datasource", "sql", "rds", "dbms", "pgsql", "pghost"];
    private static readonly string[] OtherStores = ["redis", "mongo", "mongodb", "mysql", "rabbitmq", "amqp", "kafka", "mail", "smtp", "elastic", "s3", "minio", "cache", "queue"];

    public static VariableKind Of(string name)
    {
        switch (name.ToUpperInvariant())
        {
            case "PGHOST": return VariableKind.DatabaseHost;
            case "PGPORT": return VariableKind.DatabasePort;
            case "PGUSER": return VariableKind.DatabaseUser;
            case "PGPASSWORD" or "PGPASS": return VariableKind.DatabasePassword;
            case "PGDATABASE": return VariableKind.DatabaseName;
            case "PGSSLMODE": return VariableKind.DatabaseTls;
            case "PORT" or "APP_PORT" or "SERVER_PORT" or "HTTP_PORT" or "API_PORT" or "SERVICE_PORT" or "LISTEN_PORT" or "NODE_PORT" or "BACKEND_PORT": return VariableKind.HttpPort;
        }

        var words = Names.Words(name);
        if (words.Any(word => OtherStores.Contains(word, StringComparer.Ordinal))) return IsSecret(name) ? VariableKind.Secret : VariableKind.Other;
        var last = words.Count == 0 ? "" : words[^1];
        if (!words.Any(word => DatabaseWords.Contains(word, StringComparer.Ordinal) || word.StartsWith("postgres", StringComparison.Ordinal)))
            return IsSecret(name) ? VariableKind.Secret : VariableKind.Other;
        return last switch
        {
            "url" or "uri" or "dsn" or "string" or "conn" or "connection" or "connectionstring" => last is "connection" && words.Count == 2 && name.Contains('_', StringComparison.Ordinal) && words[0] is "db" ? VariableKind.Other : VariableKind.DatabaseUrl,
            "host" or "hostname" or "server" or "addr" or "address" => VariableKind.DatabaseHost,
            "port" => VariableKind.DatabasePort,
            "user" or "username" or "login" or "usr" => VariableKind.DatabaseUser,
            "password" or "pass" or "pwd" or "passwd" or "pw" => VariableKind.DatabasePassword,
            "name" or "database" or "db" or "dbname" => words.Count > 1 || last is "dbname" ? VariableKind.DatabaseName : VariableKind.Other,
            "ssl" or "sslmode" or "tls" => VariableKind.DatabaseTls,
            _ => VariableKind.Other,
        };
    }

    private static bool IsSecret(string name) =>
        Names.Words(name).Any(word => word is "secret" or "secrets" or "salt" or "pepper" or "secretkey") || name.EndsWith("_KEY", StringComparison.OrdinalIgnoreCase) || name.Contains("JWT", StringComparison.OrdinalIgnoreCase) && Names.Words(name)[^1] is "token" or "jwt";
}
