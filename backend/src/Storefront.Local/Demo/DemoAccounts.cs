using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Storefront.Accounts;

namespace Storefront.Local.Demo;

/// <summary>The two accounts that one can sign in with. Their password is random for each data folder, unless one is set.</summary>
internal static class DemoAccounts
{
    public const string Admin = "admin@example.com";
    public const string User = "user@example.com";
    public const string PasswordVariable = "STOREFRONT_DEMO_PASSWORD";

    // Not by address: an account that a person made under one of them is that person's.
    private static readonly Guid[] Ids = [DemoRows.User(0).Id, DemoRows.User(1).Id];

    /// <summary>Takes the password from both accounts, wherever an earlier start has left them: nobody can sign in with them.</summary>
    public static async Task CloseAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using (var look = source.CreateCommand("SELECT to_regclass('users') IS NOT NULL"))
            if (await look.ExecuteScalarAsync(cancellationToken) is not true) return;
        await using var close = source.CreateCommand("UPDATE users SET password_hash = NULL, security_stamp = NULL WHERE id = ANY ($1) AND password_hash IS NOT NULL");
        close.Parameters.AddWithValue(Ids);
        await close.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives both accounts the password of this start. Hashes only where it is another than the stored one.</summary>
    /// <returns>The password; null where the database has no such accounts.</returns>
    public static async Task<string?> SetPasswordAsync(
        NpgsqlDataSource source, IPasswordHasher<User> hasher, string? passwordFile, CancellationToken cancellationToken)
    {
        var accounts = await ReadAsync(source, cancellationToken);
        if (accounts.Count == 0) return null;
        var password = Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } set ? set : Kept(passwordFile);
        foreach (var (id, hash) in accounts)
        {
            var user = new User { Id = id, Name = "", Age = 1 };
            if (hash is not null && hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed) continue;
            await using var update = source.CreateCommand("UPDATE users SET password_hash = $2, security_stamp = $3 WHERE id = $1");
            update.Parameters.AddWithValue(id);
            update.Parameters.AddWithValue(hasher.HashPassword(user, password));
            update.Parameters.AddWithValue(RandomNumberGenerator.GetHexString(32));
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return password;
    }

    private static async Task<List<(Guid Id, string? Hash)>> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT id, password_hash FROM users WHERE id = ANY ($1)");
        command.Parameters.AddWithValue(Ids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var accounts = new List<(Guid, string?)>();
        while (await reader.ReadAsync(cancellationToken)) accounts.Add((reader.GetGuid(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1)));
        return accounts;
    }

    private static string Kept(string? file)
    {
        if (file is not null && File.Exists(file)) return File.ReadAllText(file).Trim();
        // Without the letters and digits that are taken for one another.
        var password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16);
        if (file is null) return password;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(password);
        return password;
    }
}
