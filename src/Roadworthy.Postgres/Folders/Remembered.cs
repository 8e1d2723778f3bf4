using System.Globalization;
using System.Security.Cryptography;

namespace Roadworthy.Postgres.Folders;

/// <summary>What a kept cluster remembers next to its data: the password and the port.</summary>
internal static class Remembered
{
    public static string Password(InstanceFolder folder)
    {
        if (folder.IsThrowaway) return NewPassword();
        var file = Path.Combine(folder.Root, "password");
        if (File.Exists(file)) return File.ReadAllText(file).Trim();
        if (folder.IsInitialised)
            throw new PostgresServerException(
                $"The cluster in '{folder.Root}' is there, but its password file '{file}' is missing. Put it back, or delete the whole " +
                "folder to start afresh without its data.");

        // Written before the cluster is made: a start that is killed in between leaves no cluster with an unknown password.
        var password = NewPassword();
        PrivateFile.Write(file, password);
        return password;
    }

    public static int? Port(InstanceFolder folder)
    {
        var file = PortFile(folder);
        return !folder.IsThrowaway && File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : null;
    }

    public static void RememberPort(InstanceFolder folder, int port)
    {
        if (!folder.IsThrowaway && Port(folder) != port)
            PrivateFile.Write(PortFile(folder), port.ToString(CultureInfo.InvariantCulture));
    }

    private static string PortFile(InstanceFolder folder) => Path.Combine(folder.Root, "port");

    private static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
