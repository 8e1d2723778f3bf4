using Npgsql;

namespace FirstDraft.Data;

public static class DatabaseUrl
{
    /// <summary>The connection string: DATABASE_URL where it is set, as hosting providers do, else ConnectionStrings:Default.</summary>
    public static string Resolve(IConfiguration configuration)
    {
        var url = configuration["DATABASE_URL"];
        return string.IsNullOrEmpty(url) ? configuration.GetConnectionString("Default")! : FromUrl(url);
    }

    public static string FromUrl(string url)
    {
        var uri = new Uri(url);
        var account = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = uri.AbsolutePath.Trim('/'),
            Username = Uri.UnescapeDataString(account[0]),
            Password = account.Length > 1 ? Uri.UnescapeDataString(account[1]) : null,
        }.ConnectionString;
    }
}
