namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>Rows and refreshes: each rule at its limit, just before it and just after, and random ones of everything together.</summary>
internal static class RefreshCases
{
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    public static SessionsOptions Options { get; } = new();

    private static TimeSpan?[] Ages => [null, TimeSpan.Zero, .. Around(Options.ReplayWindow), .. Around(Options.HealHorizon)];

    /// <summary>Few enough for every mutant of the statement, and enough to kill it.</summary>
    public static IEnumerable<RefreshCase> AtLimits() =>
        ByAge().Concat(ByHealing()).Concat(ByHeals()).Concat(ByClient()).Concat(ByEnd()).Concat(ByUser());

    private static IEnumerable<RefreshCase> ByAge() =>
        from behind in (int[])[-3, -1, 0, 1, 2]
        from rotated in Ages
        from confirmed in (int[])[-1, 0]
        select new RefreshCase { Behind = behind, Rotated = rotated, Confirmed = confirmed };

    private static IEnumerable<RefreshCase> ByHealing() =>
        from behind in (int[])[0, 1, 2]
        from healed in Around(Options.ReplayWindow)
        from rotated in (TimeSpan[])[TimeSpan.FromHours(1), Options.HealHorizon]
        select new RefreshCase { Behind = behind, Rotated = rotated, Healed = healed, Confirmed = -1, Heals = 1, HealedGeneration = 0 };

    private static IEnumerable<RefreshCase> ByHeals() =>
        from behind in (int[])[0, 1]
        from heals in (int[])[0, 1, 2, 3, 4]
        from confirmed in (int[])[-1, 0, 1]
        from generation in (int[])[-1, 0, 1]
        select new RefreshCase
        {
            Behind = behind,
            Rotated = TimeSpan.FromHours(1),
            Healed = TimeSpan.FromMinutes(30),
            Heals = heals,
            Confirmed = confirmed,
            HealedGeneration = generation,
        };

    private static IEnumerable<RefreshCase> ByClient() =>
        from wait in (bool[])[true, false]
        from behind in (int[])[-2, 0, 1, 2]
        from client in ((bool Address, bool Agent)[])[(true, true), (true, false), (false, true), (false, false)]
        from named in (bool[])[true, false]
        from strict in (bool[])[true, false]
        from rotated in (TimeSpan[])[TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)]
        select new RefreshCase
        {
            Behind = behind,
            Rotated = rotated,
            Confirmed = -1,
            SameAddress = client.Address,
            SameUserAgent = client.Agent,
            Named = named,
            Stamped = named,
            Strict = strict,
            WaitForDisk = wait,
        };

    private static IEnumerable<RefreshCase> ByEnd() => Around(TimeSpan.Zero).SelectMany(left => (RefreshCase[])
    [
        new() { IdleLeft = left },
        new() { AbsoluteLeft = left },
        new() { Behind = -1, IdleLeft = left, AbsoluteLeft = left },
    ]);

    private static IEnumerable<RefreshCase> ByUser() =>
        from user in Enum.GetValues<UserState>()
        from behind in (int[])[-1, 0, 1, 2]
        from revoked in (bool[])[true, false]
        from secret in (bool[])[true, false]
        from left in (TimeSpan[])[-Tick, TimeSpan.FromDays(1)]
        select new RefreshCase { Behind = behind, User = user, Revoked = revoked, RightSecret = secret, Rotated = TimeSpan.FromSeconds(1), IdleLeft = left };

    public static RefreshCase Random(Random random)
    {
        TimeSpan?[] ages = [TimeSpan.FromSeconds(random.Next(200_000)), .. Ages];
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
