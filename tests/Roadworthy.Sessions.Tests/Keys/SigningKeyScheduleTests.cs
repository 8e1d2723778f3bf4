using Roadworthy.Sessions.Keys;


namespace Roadworthy.Sessions.Tests.Keys;

public sealed class SigningKeyScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SigningKeySchedule Schedule = new(TimeSpan.FromMinutes(15));

    [Fact]
    public void The_first_key_signs_at_once() => Assert.Equal(Start, SigningKeySchedule.NextNeeded([], Start));

    [Fact]
    public void The_next_key_is_made_a_day_before_it_signs()
    {
        var due = Start.AddDays(29);
        Assert.Null(SigningKeySchedule.NextNeeded([Start], due.AddTicks(-1)));
        Assert.Equal(Start.AddDays(30), SigningKeySchedule.NextNeeded([Start], due));
        Assert.Null(SigningKeySchedule.NextNeeded([Start, Start.AddDays(30)], due));
        Assert.Null(SigningKeySchedule.NextNeeded([Start, Start.AddDays(30)], Start.AddDays(59).AddTicks(-1)));
        Assert.Equal(Start.AddDays(60), SigningKeySchedule.NextNeeded([Start.AddDays(30), Start], Start.AddDays(59)));
    }

    [Fact]
    public void After_a_long_sleep_the_next_key_is_published_for_a_day_all_the_same() =>
        Assert.Equal(Start.AddDays(101), SigningKeySchedule.NextNeeded([Start], Start.AddDays(100)));

    [Fact]
    public void A_key_is_retired_when_its_last_token_has_ended_and_not_before()
    {
        var next = Start.AddDays(30);
        var end = next.AddMinutes(15 + 5);
        Assert.False(Schedule.IsRetired(Start, [Start, next], end));
        Assert.True(Schedule.IsRetired(Start, [Start, next], end.AddTicks(1)));
        Assert.False(Schedule.IsRetired(next, [Start, next], Start.AddYears(1)));
        Assert.True(Schedule.IsRetired(Start, [next.AddDays(30), next, Start], end.AddTicks(1)));
    }
}
