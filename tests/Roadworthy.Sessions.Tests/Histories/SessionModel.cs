using Roadworthy.Sessions.Tests.Refresh;

namespace Roadworthy.Sessions.Tests.Histories;

/// <summary>A session as the rules have it: what a history's row is held against, step by step. Ages are whole minutes.</summary>
internal sealed record SessionModel(SessionsOptions Options)
{
    public long Generation { get; private set; } = 1;

    public long Confirmed { get; private set; }

    public int Heals { get; private set; }

    public bool Dead { get; private set; }

    /// <summary>How long ago it rotated; null for never.</summary>
    public TimeSpan? Rotated { get; private set; }

    private TimeSpan? Healed { get; set; }

    private long HealedGeneration { get; set; }

    /// <returns>The verdict.</returns>
    public string Refresh(long presented)
    {
        var effect = ReferenceModel.Refresh(
            new()
            {
                Behind = (int)(Generation - presented),
                Rotated = Rotated,
                Healed = Healed,
                Confirmed = (int)(Confirmed - Generation),
                Heals = Heals,
                HealedGeneration = (int)(HealedGeneration - Generation),
                Revoked = Dead,
            },
            Options);
        switch (effect.Verdict)
        {
            case "rotated" or "rolled_forward":
                (Generation, Rotated) = (presented + 1, TimeSpan.Zero);
                break;
            case "healed":
                (HealedGeneration, Healed) = (Generation, TimeSpan.Zero);
                break;
            case "reused":
                Dead = true;
                break;
        }

        Heals = effect.Heals;
        return effect.Verdict;
    }

    public void Confirm(long generation)
    {
        if (generation > Confirmed && generation <= Generation) Confirmed = generation;
    }

    public void Pass(TimeSpan time)
    {
        Rotated += time;
        Healed += time;
    }

    public SessionModel Copy() => this with { };
}
