namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>Rows and refreshes: each rule at its limit, just before it and just after, and random ones of everything together.</summary>
internal static class RefreshCases
{
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    public static SessionsOptions Options { get; } = new();

    /// <summary>Few enough for every mutant of the statement, and enough to kill it.</summary>
    public static IEnumerable<RefreshCase> AtLimits()
    {
        TimeSpan?[] ages = [null, TimeSpan.Zero, .. Around(Options.ReplayWindow), .. Around(Options.HealHorizon)];
        foreach (var behind in (int[])[-3, -1, 0, 1, 2])
        foreach (var rotated in ages)
        {
            yield return new() { Behind = behind, Rotated = rotated, Confirmed = -1 };
            yield return new() { Behind = behind, Rotated = rotated };
        }

        foreach (var behind in (int[])[0, 1, 2])
        foreach (var healed in Around(Options.ReplayWindow))
        foreach (var rotated in (TimeSpan[])[TimeSpan.FromHours(1), Options.HealHorizon])
            yield return new() { Behind = behind, Rotated = rotated, Healed = healed, Confirmed = -1, Heals = 1, HealedGeneration = 0 };

        foreach (var behind in (int[])[0, 1])
        foreach (var heals in (int[])[0, 1, 2, 3, 4])
        foreach (var confirmed in (int[])[-1, 0, 1])
        foreach (var healedGeneration in (int[])[-1, 0, 1])
            yield return new() { Behind = behind, Rotated = TimeSpan.FromHours(1), Heals = heals, Confirmed = confirmed, HealedGeneration = healedGeneration, Healed = TimeSpan.FromMinutes(30) };

        foreach (var wait in (bool[])[true, false])
        foreach (var behind in (int[])[-2, 0, 1, 2])
        foreach (var (address, agent) in ((bool, bool)[])[(true, true), (true, false), (false, true), (false, false)])
        foreach (var strict in (bool[])[true, false])
        foreach (var rotated in (TimeSpan[])[TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)])
            yield return new() { Behind = behind, Rotated = rotated, Confirmed = -1, SameAddress = address, SameUserAgent = agent, Strict = strict, WaitForDisk = wait };

        foreach (var strict in (bool[])[true, false])
        foreach (var (address, agent) in ((bool, bool)[])[(true, true), (true, false), (false, true)])
            yield return new() { Behind = 1, Rotated = TimeSpan.FromSeconds(1), Named = false, Stamped = false, Strict = strict, SameAddress = address, SameUserAgent = agent };

        foreach (var left in Around(TimeSpan.Zero))
        {
            yield return new() { IdleLeft = left };
            yield return new() { AbsoluteLeft = left };
            yield return new() { Behind = -1, IdleLeft = left, AbsoluteLeft = left };
        }

        foreach (var user in Enum.GetValues<UserState>())
        foreach (var behind in (int[])[-1, 0, 1, 2])
        foreach (var revoked in (bool[])[true, false])
        foreach (var secret in (bool[])[true, false])
        foreach (var expired in (bool[])[true, false])
            yield return new() { Behind = behind, User = user, Revoked = revoked, RightSecret = secret, Rotated = TimeSpan.FromSeconds(1), IdleLeft = expired ? -Tick : TimeSpan.FromDays(1) };
    }

    public static RefreshCase Random(Random random)
    {
        TimeSpan?[] ages = [null, TimeSpan.Zero, TimeSpan.FromSeconds(random.Next(200_000)), .. Around(Options.ReplayWindow), .. Around(Options.HealHorizon)];
        TimeSpan[] lefts = [.. Around(TimeSpan.Zero), TimeSpan.FromHours(random.Next(1, 2_000)), TimeSpan.FromDays(10), TimeSpan.FromDays(20), TimeSpan.FromDays(30)];
        return new()
        {
            Behind = random.Next(-3, 4),
            Rotated = Pick(ages),
            Healed = Pick(ages),
            Confirmed = random.Next(-2, 2),
            Heals = random.Next(5),
            HealedGeneration = random.Next(-2, 2),
            IdleLeft = Pick(lefts),
            AbsoluteLeft = Pick(lefts),
            Revoked = random.Next(8) == 0,
            User = random.Next(4) == 0 ? Pick(Enum.GetValues<UserState>()) : UserState.Live,
            RightSecret = random.Next(8) != 0,
            SameAddress = random.Next(3) != 0,
            SameUserAgent = random.Next(3) != 0,
            Strict = random.Next(3) == 0,
            WaitForDisk = random.Next(2) == 0,
            Named = random.Next(4) != 0,
            Stamped = random.Next(4) != 0,
        };

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }

    private static TimeSpan[] Around(TimeSpan limit) => [limit - Tick, limit, limit + Tick];
}
