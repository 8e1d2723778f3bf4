using Microsoft.Extensions.Hosting;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Keys;

/// <summary>
/// The root key, and those besides it that are still, or already, taken: what was sealed under one of them stays good while a running fleet
/// changes its key.
/// </summary>
public sealed class RootKeys
{
    private readonly RootKey[] _keys;

    /// <exception cref="InvalidOperationException">A key is missing, or can't be one.</exception>
    internal RootKeys(SessionsOptions options, IHostEnvironment environment)
    {
        var primary = options.RootKey
            ?? (options.RootKeyFile is { } path ? RootKeyFile.Read(path, create: environment.IsDevelopment()) : null);
        _keys = [Parse(primary, options.RootKeySetting), .. options.AcceptedRootKeys.Select(key => Parse(key, nameof(SessionsOptions.AcceptedRootKeys)))];
    }

    internal RootKeys(params byte[][] keys) => _keys = [.. keys.Select(key => new RootKey(key))];

    /// <summary>What is sealed, is sealed under this one.</summary>
    public RootKey Primary => _keys[0];

    internal RefreshKeys RefreshKeys => new(Derive("sessions/refresh-tokens"));

    /// <summary>Others than those of refresh tokens: a cookie is no refresh token, and no refresh token a cookie.</summary>
    internal RefreshKeys PageKeys => new(Derive("sessions/page-cookies"));

    /// <summary>Keys of 256 bits for one purpose, the primary's first: seal with that one, open with any.</summary>
    /// <param name="purpose">As <see cref="RootKey.Derive"/> takes it.</param>
    public IReadOnlyList<byte[]> Derive(string purpose) => [.. _keys.Select(key => key.Derive(purpose))];

    private static RootKey Parse(string? text, string setting)
    {
        if (RootKey.Fault(text) is not { } fault) return new(Convert.FromBase64String(text!.Trim()));
        var variable = setting.Replace(":", "__", StringComparison.Ordinal);
        throw new InvalidOperationException(
            $"{setting} can't be used: {fault}. Make one with 'openssl rand -base64 {RootKey.Length}' and set it as the environment "
            + $"variable {variable}, or name a file that holds it in {variable}File. Keep it out of the database and of "
            + "the repository, and use the same on every instance.");
    }
}
