namespace Roadworthy.Postgres.Processes;

/// <summary>Who runs the server: oneself, or as root (which PostgreSQL refuses to run as) an account without privileges.</summary>
internal sealed record ServerAccount(string? UserName, uint Uid, uint Gid)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public bool IsAnother => UserName is not null;

    public string Description => UserName is null ? $"'{Environment.UserName}'" : $"'{UserName}', which runs the server because root must not,";

    public static ServerAccount Choose() => All() switch
    {
        [] => throw new PostgresServerException(
            "PostgreSQL refuses to run as root, and this machine has neither an account 'postgres' nor 'nobody' to run it as. " +
            "Create one (useradd --system postgres), or run as an ordinary user."),
        [var first, ..] => first,
    };

    public static ServerAccount? WithUid(uint uid) => All().FirstOrDefault(account => account.Uid == uid);

    private static List<ServerAccount> All()
    {
        if (OperatingSystem.IsWindows()) return [new ServerAccount(null, 0, 0)];
        if (!IsRoot) return [new ServerAccount(null, Posix.EffectiveUser(), Posix.EffectiveGroup())];
        return [.. from name in Candidates
                   let ids = Posix.FindAccount(name)
                   where ids is not null
                   select new ServerAccount(name, ids.Value.Uid, ids.Value.Gid)];
    }
}
