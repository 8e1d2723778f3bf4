using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Probing.Races;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Tests.Probing.Races;

/// <summary>Tries endpoints whose truth is known: forced, and beside it as twenty requests at once are judged.</summary>
internal sealed class RaceBench : IAsyncDisposable
{
    private const int Many = 20;
    private static readonly Identity Nobody = new() { Name = Identity.AnonymousName };

    private readonly WireProxy _wire;
    private readonly InspectionSetup _setup;
    private readonly RaceGround _ground;

    private RaceBench(WireProxy wire, InspectionSetup setup, RaceGround ground) => (_wire, _setup, _ground) = (wire, setup, ground);

    /// <param name="database">With the schema in it.</param>
    /// <param name="options">The backend, for the address that leads through the proxy.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RaceBench> StartAsync(string database, Func<string, Task<SetupOptions>> options, CancellationToken ct)
    {
        var log = new StatementLog();
        var wire = WireProxy.Start(new WireProxyOptions { Port = new NpgsqlConnectionStringBuilder(database).Port, Observer = log });
        var setup = await InspectionSetup.PrepareAsync(await options(new NpgsqlConnectionStringBuilder(database) { Host = "127.0.0.1", Port = wire.Port }.ConnectionString), ct);
        var context = new ProbeContext
        {
            Setup = setup,
            Wire = wire,
            Statements = log,
            Database = database,
            Results = new ProbeResults(_ => { }),
            Noise = await IdleNoise.ListenAsync(log, TimeSpan.FromSeconds(0.5), ct),
            Clock = new ProbeClock(TimeSpan.FromHours(2)),
            Scrubber = new SecretScrubber(),
            Seed = 1,
        };
        return new RaceBench(wire, setup, await RaceGround.TakeAsync(context, await SecondInstance.StartAsync(context, ct), ct));
    }

    /// <summary>An API that nobody describes: the bench knows its endpoints.</summary>
    public static ApiDescription Undescribed { get; } = new() { Source = "bench", Operations = [] };

    public Task<CaseOutcome> ForceAsync(string kind, string name, CancellationToken ct) => CaseOf(ShotOf(kind, name)).RunAsync(null, ct);

    public async Task<BenchResult> TryAsync(string kind, string name, int repetitions, CancellationToken ct)
    {
        var shot = ShotOf(kind, name);
        var (forced, naive, forcedTime, naiveTime, why) = (0, 0, TimeSpan.Zero, TimeSpan.Zero, "");
        for (var n = 0; n < repetitions; n++)
        {
            var started = Stopwatch.GetTimestamp();
            var outcome = await CaseOf(shot).RunAsync(null, ct);
            forcedTime += Stopwatch.GetElapsedTime(started);
            if (outcome.Loss is not null) forced++;
            why = outcome.Loss is { } loss ? $"write {loss.At.Write}{(loss.At.IsCommit ? ", commit" : "")}, {loss.End}" : outcome.Missing ?? (outcome.Crash is null ? "" : "answered with 500");
            started = Stopwatch.GetTimestamp();
            if (await IsSeenNaivelyAsync(shot, outcome.Serial, ct)) naive++;
            naiveTime += Stopwatch.GetElapsedTime(started);
        }

        return new BenchResult(kind, name, repetitions, forced, naive, forcedTime / repetitions, naiveTime / repetitions, why);
    }

    /// <summary>Twenty at once, against twenty one after the other, or as many as have succeeded.</summary>
    private async Task<bool> IsSeenNaivelyAsync(Shot shot, SerialBase serial, CancellationToken ct)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(at => _ground.SendAsync(shot, toSecond: at % 2 == 1, ct)));
        var delta = await _ground.TakeBackAsync(ct);
        var succeeded = answers.Count(Success.Is);
        var all = await _ground.SerialAsync(TimeSpan.Zero, [.. Enumerable.Repeat(shot, Many)], ct);
        if (Same(all.Delta)) return false;
        return succeeded == 0 ? !delta.IsEmpty : !Same((await _ground.SerialAsync(TimeSpan.Zero, [.. Enumerable.Repeat(shot, succeeded)], ct)).Delta);

        bool Same(StateDelta other) => serial.Signatures.Of(delta) == serial.Signatures.Of(other);
    }

    private static Shot ShotOf(string kind, string name)
    {
        var call = new Call { Operation = new ApiOperation { Method = "POST", Path = $"/{kind}/{name}" } };
        return new Shot(call.Operation, Nobody, call, call.ToRequest("", Nobody));
    }

    private RaceCase CaseOf(Shot shot) => new(_ground, shot, shot, "same");

    public async ValueTask DisposeAsync()
    {
        await _ground.DisposeAsync();
        await _setup.DisposeAsync();
        await _wire.DisposeAsync();
    }
}

internal sealed record BenchResult(string Kind, string Name, int Repetitions, int Forced, int Naive, TimeSpan ForcedTime, TimeSpan NaiveTime, string Why)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind,-4} {Name,-34} forced {Forced,2}/{Repetitions} in {ForcedTime.TotalSeconds:0.00} s, twenty at once {Naive,2}/{Repetitions} in {NaiveTime.TotalSeconds:0.00} s  {Why}");
}
