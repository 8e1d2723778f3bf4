using System.Diagnostics;
using Npgsql;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection;

/// <summary>Inspects one backend: a database and a proxy before it, the survey, then the probes in their order, each result written as it comes.</summary>
internal sealed class Inspector(InspectorOptions options)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(1.5);

    /// <summary>The whole of it.</summary>
    /// <exception cref="InspectionException">It can't begin; the message says what to do.</exception>
    public async Task<InspectionReport> RunAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var ground = await InspectionGround.PrepareAsync(options, ct);
        using var journal = options.Output is { } folder ? new Journal(folder, Facts(ground, started)) : null;
        var results = new ProbeResults(
            result =>
            {
                journal?.Add(result);
                options.Found?.Invoke(result);
            },
            options.Wants,
            options.Backend?.Directory);
        var isComplete = true;
        try
        {
            await ProbeAsync(await ContextAsync(ground, results, started, ct), ct);
            journal?.End(Facts(ground, started));
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Whoever is interrupted says so in words of its own: a socket, a driver.
            isComplete = false;
        }

        return new InspectionReport { Run = Facts(ground, started), Results = results.All, IsComplete = isComplete };
    }

    /// <summary>One finding's trial again, on a backend and data of its own.</summary>
    /// <exception cref="InspectionException">It can't begin.</exception>
    public async Task<ReplayOutcome> ReplayAsync(string recipe, CancellationToken ct)
    {
        var name = recipe.Split(' ', 2)[0];
        if (options.Probes.FirstOrDefault(probe => probe.Name == name) is not { } known) return new ReplayOutcome(null, $"No probe is called '{name}'.");
        var started = Stopwatch.GetTimestamp();
        await using var ground = await InspectionGround.PrepareAsync(options, ct);
        return await known.ReplayAsync(await ContextAsync(ground, new ProbeResults(_ => { }), started, ct), recipe, ct);
    }

    private async Task ProbeAsync(ProbeContext context, CancellationToken ct)
    {
        Probing.Input.DeathFindings.Publish(context);
        var probes = options.Probes.Where(probe => probe.Rules.Any(options.Wants)).ToList();
        foreach (var probe in probes.Where(probe => context.SeesStatements || !probe.Rules.Any(NeedsStatements))) await TryAsync(probe, () => probe.BeginAsync(context, ct), context, ct);
        for (var n = 0; n < probes.Count; n++)
        {
            var probe = probes[n];
            var rules = probe.Rules.Where(options.Wants).ToList();
            if (!context.SeesStatements && rules.Any(NeedsStatements))
            {
                foreach (var rule in rules) context.Results.Inconclusive(rule, RuleResult.Everywhere, $"None of the backend's statements passed the inspection's proxy: it uses another database than the one it was given, or was started before. It is to use the one at 127.0.0.1:{context.Wire.Port}.");
                continue;
            }

            options.Progress?.Invoke($"{probe.Name}: {string.Join(", ", rules.Select(rule => rule.Id))}");
            context.Clock.Share(Weight(probe) / probes.Skip(n).Sum(Weight));
            await TryAsync(probe, () => probe.RunAsync(context, ct), context, ct);
        }

        Probing.Input.DeathFindings.Publish(context);
    }

    // What one probe did not expect costs its own results, not those of the others.
    private static async Task TryAsync(IProbe probe, Func<Task> act, ProbeContext context, CancellationToken ct)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OutOfMemoryException && !ct.IsCancellationRequested)
        {
            var reason = context.Scrubber.Scrub($"The probe '{probe.Name}' ended with {e.GetType().Name}: {e.Message} What it had found stands; this is a fault of Roadworthy.");
            foreach (var rule in probe.Rules) context.Results.Inconclusive(rule, RuleResult.Everywhere, reason);
        }
    }

    // What a probe leaves of its share goes to those behind it.
    private static double Weight(IProbe probe) => probe.Rules[0].Hazard switch { Hazard.Races => 34, Hazard.Errors => 12, Hazard.Input => 10, Hazard.Queries => 8, _ => 5 };

    // What clients send and see can be judged from outside alone.
    private static bool NeedsStatements(Rule rule) => rule.Hazard is not (Hazard.Input or Hazard.Access);

    private async Task<ProbeContext> ContextAsync(InspectionGround ground, ProbeResults results, long started, CancellationToken ct)
    {
        var noise = await IdleNoise.ListenAsync(ground.Statements, Listening, ct);
        await ground.Setup.EndSurveyAsync(ct);
        var scrubber = new SecretScrubber();
        foreach (var identity in ground.Setup.Users.Append(ground.Setup.Administrator).OfType<Driving.Identity>())
        {
            scrubber.Add(identity.RefreshToken);
            scrubber.Add(identity.Credentials.GetValueOrDefault("password"));
            foreach (var secret in identity.Proofs.Select(proof => proof.Value).Concat(identity.Cookies.Values)) scrubber.Add(secret);
        }

        foreach (var secret in options.Secrets) scrubber.Add(secret);
        scrubber.Add(new NpgsqlConnectionStringBuilder(ground.Direct).Password);
        var clock = new ProbeClock(Budget(Stopwatch.GetElapsedTime(started)), options.Budget);
        options.Timed?.Invoke(clock);
        return new ProbeContext
        {
            Setup = ground.Setup,
            Wire = ground.Wire,
            Statements = ground.Statements,
            Database = ground.Direct,
            Results = results,
            Noise = noise,
            Clock = clock,
            Scrubber = scrubber,
            Seed = options.Seed,
            WantsEndpoint = options.WantsEndpoint,
        };
    }

    private TimeSpan Budget(TimeSpan used) => options.Budget - used is var left && left > options.Budget / 2 ? left : options.Budget / 2;

    private RunFacts Facts(InspectionGround ground, long started)
    {
        var (description, time) = (ground.Setup.Description, Stopwatch.GetElapsedTime(started));
        var scrubber = new SecretScrubber();
        foreach (var secret in options.Secrets) scrubber.Add(secret);
        var driven = description.Operations.Count(operation => ground.Setup.Survey.Best(operation) is { Succeeded: true });
        return new RunFacts(
            options.Name, options.Command is { } command ? scrubber.Scrub(command) : null, description.Source, description.Operations.Count, driven, options.Seed, options.Time.GetUtcNow() - time, Math.Round(time.TotalSeconds, 1),
            ground.Setup.Driver.Budget.Used, ground.Database, [.. ground.Setup.Notes.Concat(ground.Troubles).Select(scrubber.Scrub)]);
    }
}
