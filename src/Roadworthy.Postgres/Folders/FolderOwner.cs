using System.Diagnostics;
using System.Globalization;

namespace Roadworthy.Postgres.Folders;

/// <summary>Refuses folders that someone else put there, or that a link leads elsewhere from.</summary>
internal static class FolderOwner
{
    public static void RefuseLink(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is { } target)
            throw new PostgresServerException(
                $"The folder '{path}' is a symbolic link to '{target}', which is not followed: someone else could have put it there. " +
                "Name its target instead.");
    }

    public static void Require(string path, string what, uint uid)
    {
        if (OperatingSystem.IsWindows()) return;
        var owner = Of(path);
        if (owner != uid)
            throw new PostgresServerException(
                $"The {what} '{path}' belongs to user id {owner}, and this process runs as user id {uid} ('{Environment.UserName}'). " +
                "Run as its owner, change its owner (chown -R), or choose another one.");
    }

    /// <summary>.NET does not tell a file's owner; POSIX says how ls prints it.</summary>
    public static uint Of(string path)
    {
        var start = new ProcessStartInfo("ls", ["-ldn", path]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var ls = Processes.Command.Start(start);
        var output = ls.StandardOutput.ReadToEnd();
        var error = ls.StandardError.ReadToEnd();
        ls.WaitForExit();
        var fields = output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 2 && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var uid)
            ? uid
            : throw new PostgresServerException($"The owner of '{path}' cannot be told: ls said '{(error + output).Trim()}'.");
    }
}
