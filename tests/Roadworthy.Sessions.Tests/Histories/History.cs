using System.Globalization;
using System.Text;
using Npgsql;

namespace Roadworthy.Sessions.Tests.Histories;

/// <summary>
/// A session's life by dice: refreshes one by one and at once, lost answers, API calls, a thief, time, and a database that goes back. The row is
/// held against the model at each step, and both against what a user is promised.
/// </summary>
internal sealed class History(int seed, SessionRow row, SessionsOptions options)
{
    private static readonly TimeSpan[] Times =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(2), TimeSpan.FromHours(30)];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _story = new();
    private SessionModel _model = new(options);
    private (SessionModel Model, TimeSpan At)? _kept;
    private TimeSpan _now;
    private bool _wentBack;
    private Holder _owner = new("owner", 1);
    private Holder? _thief;
    private int _lostInARow;
    private TimeSpan _longestLoss;

    public static async Task RunAsync(int seed, NpgsqlDataSource source, SessionsOptions options)
    {
        var history = new History(seed, await SessionRow.CreateAsync(source, options), options);
        try
        {
            await history.RunAsync();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"History {seed.ToString(CultureInfo.InvariantCulture)}:\n{history._story}", error);
        }
    }

    private async Task RunAsync()
    {
        var stolen = _random.Next(2) == 0;
        var goesBack = !stolen && _random.Next(3) == 0;
        for (var steps = _random.Next(6, 16); steps > 0; steps--)
        {
            switch (_random.Next(10))
            {
                case 0 or 1 or 2: await RefreshAsync(_owner, _random.Next(1, 4), lossy: true); break;
                case 3 or 4: await CallAsync(_owner); break;
                case 5 or 6: await PassAsync(Times[_random.Next(Times.Length)]); break;
                case 7 when stolen && _thief is null: Steal(); break;
                case 7 or 8 when _thief is not null: await RefreshAsync(_thief, _random.Next(1, 3), lossy: false); break;
                case 8 when goesBack: await KeepOrGoBackAsync(); break;
                case 9 when _thief is not null: await BothAsync(); break;
                default: await RefreshAsync(_owner, 1, lossy: false); break;
            }
        }

        if (_thief is not null) await ThiefIsDeadInTheEndAsync(_thief);
    }

    // Whoever rotates calls the API; then it is the other's turn, past the window. Three turns are enough for any deal of tokens.
    private async Task ThiefIsDeadInTheEndAsync(Holder thief)
    {
        foreach (var holder in (Holder[])[_owner, thief, _owner])
        {
            await RefreshAsync(holder, 1, lossy: false);
            await CallAsync(holder);
            await PassAsync(TimeSpan.FromMinutes(20));
        }

        Assert.True(_model.Dead, "Two people hold tokens of one session, and both are served.");
        await RefreshAsync(thief, 1, lossy: false);
        Assert.True(thief.Refused && (_owner.Refused || _model.Dead));
    }

    private async Task RefreshAsync(Holder holder, int times, bool lossy)
    {
        _story.AppendLine(CultureInfo.InvariantCulture, $"{holder.Name} presents {holder.Generation}, {times} at once");
        var expected = Enumerable.Range(0, times).Select(_ => _model.Refresh(holder.Generation)).ToList();
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => row.RefreshAsync(holder.Generation)));
        ShouldBe(expected, answers.Select(answer => answer.Verdict));
        Take(holder, answers, lossy);
        // Nothing counts against the owner any longer.
        if (_model.Heals == 0 && _model.Generation == _owner.Generation) _lostInARow = 0;
    }

    // The owner's and the thief's tokens at one moment, in either order.
    private async Task BothAsync()
    {
        _story.AppendLine(CultureInfo.InvariantCulture, $"owner presents {_owner.Generation} and thief {_thief!.Generation} at once");
        var (first, second) = (_model.Copy(), _model.Copy());
        var oneWay = (Owner: first.Refresh(_owner.Generation), Thief: first.Refresh(_thief.Generation));
        var thief = second.Refresh(_thief.Generation);
        var otherWay = (Owner: second.Refresh(_owner.Generation), Thief: thief);
        var answers = await Task.WhenAll(row.RefreshAsync(_owner.Generation), row.RefreshAsync(_thief.Generation));
        var got = (Snake(answers[0].Verdict), Snake(answers[1].Verdict));
        _story.AppendLine(CultureInfo.InvariantCulture, $"  -> {got}");
        Assert.True(got == oneWay || got == otherWay, $"{got} is neither {oneWay} nor {otherWay}");
        _model = got == oneWay ? first : second;
        Take(_owner, [answers[0]], lossy: false);
        Take(_thief, [answers[1]], lossy: false);
    }

    private void Take(Holder holder, (RefreshVerdict Verdict, long Generation)[] answers, bool lossy)
    {
        var granted = answers.Where(answer => answer.Verdict.IsGranted()).ToList();
        // One live branch: whoever is served, at whatever moment, is served the same generation.
        Assert.All(granted, answer => Assert.Equal(_model.Generation, answer.Generation));
        if (granted.Count < answers.Length)
        {
            holder.Refused = true;
            if (holder == _owner && _thief is null) Assert.True(MayBeRefused(), "An honest client was signed out.");
            return;
        }

        var lost = lossy && _random.Next(3) == 0;
        if (lost) _story.AppendLine("  every answer is lost");
        if (holder == _owner) _lostInARow = lost ? _lostInARow + 1 : _lostInARow;
        if (!lost) holder.Generation = _model.Generation;
    }

    // The stated bounds: more lost answers than heals without an API call in between, or silence for longer than the horizon.
    private bool MayBeRefused() => _lostInARow > options.MaxHeals || _longestLoss >= options.HealHorizon;

    private async Task CallAsync(Holder holder)
    {
        if (holder.Refused) return;
        _story.AppendLine(CultureInfo.InvariantCulture, $"{holder.Name} calls the API with {holder.Generation}");
        _model.Confirm(holder.Generation);
        await row.ConfirmAsync(holder.Generation);
    }

    private async Task PassAsync(TimeSpan time)
    {
        _story.AppendLine(CultureInfo.InvariantCulture, $"{time} passes");
        _now += time;
        _model.Pass(time);
        if (_model.Generation > _owner.Generation && _model.Rotated is { } since && since > _longestLoss) _longestLoss = since;
        await row.PassAsync(time);
    }

    private void Steal()
    {
        _story.AppendLine(CultureInfo.InvariantCulture, $"a thief copies {_owner.Generation}");
        _thief = new("thief", _owner.Generation);
    }

    private async Task KeepOrGoBackAsync()
    {
        if (_kept is null)
        {
            _story.AppendLine("a replica stays behind here");
            _kept = (_model.Copy(), _now);
            await row.KeepAsync("replica");
        }
        else if (!_wentBack)
        {
            _story.AppendLine("and becomes the database");
            _wentBack = true;
            _model = _kept.Value.Model;
            _model.Pass(_now - _kept.Value.At);
            await row.GoBackAsync("replica", _now - _kept.Value.At);
        }
    }

    private void ShouldBe(List<string> expected, IEnumerable<RefreshVerdict> got)
    {
        var verdicts = got.Select(Snake).Order(StringComparer.Ordinal).ToList();
        _story.AppendLine(CultureInfo.InvariantCulture, $"  -> {string.Join(", ", verdicts)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), verdicts);
    }

    private static string Snake(RefreshVerdict verdict) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());

    private sealed class Holder(string name, long generation)
    {
        public string Name => name;

        public long Generation { get; set; } = generation;

        public bool Refused { get; set; }
    }
}
