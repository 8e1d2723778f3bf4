using System.Diagnostics;
using Npgsql;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Reports;
using Roadworthy.Postgres;
using Roadworthy.Wire;

namespace Roadworthy.Inspection;

/// <summary>Inspects one backend: a database and a proxy before it, the survey, then the probes in their order, each result written as it comes.</summary>
internal sealed class Inspector(InspectorOptions options)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(1.5);

    /// <summary>The whole of it.</summary>
    /// <exception cref="InspectionException">It can't begin; the message says what to do.</exception>
    public async Task<InspectionReport> RunAsync(CancellationToken ct)
    {
        await using var ground = await GroundAsync(ct);
        var started = Stopwatch.GetTimestamp();
        var facts = Facts(ground, TimeSpan.Zero);
        using var journal = options.Output is { } folder ? new Journal(folder, facts) : null;
        var results = new ProbeResults(result =>
        {
            journal?.Add(result);
            options.Found?.Invoke(result);
        });
        var isComplete = true;
        try
        {
            await ProbeAsync(await ContextAsync(ground, results, ct), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            isComplete = false;
        }

        return new InspectionReport { Run = Facts(ground, Stopwatch.GetElapsedTime(started)), Results = results.All, IsComplete = isComplete };
    }

    /// <summary>One finding's trial again, on a backend and data of its own.</summary>
    /// <exception cref="InspectionException">It can't begin.</exception>
    public async Task<ReplayOutcome> ReplayAsync(string recipe, CancellationToken ct)
    {
        await using var ground = await GroundAsync(ct);
        var name = recipe.Split(' ', 2)[0];
        if (options.Probes.FirstOrDefault(probe => probe.Name == name) is not { } known) return new ReplayOutcome(null, $"No probe is called '{name}'.");
        return await known.ReplayAsync(await ContextAsync(ground, new ProbeResults(_ => { }), ct), recipe, ct);
    }

    private async Task ProbeAsync(ProbeContext context, CancellationToken ct)
    {
        foreach (var probe in options.Probes) await probe.BeginAsync(context, ct);
        for (var n = 0; n < options.Probes.Count; n++)
        {
            var next = options.Probes[n];
            options.Progress?.Invoke($"{next.Name}: {string.Join(", ", next.Rules.Select(rule => rule.Id))}");
            context.Clock.Share(1.0 / (options.Probes.Count - n));
            await next.RunAsync(context, ct);
        }
    }

    private async Task<Ground> GroundAsync(CancellationToken ct)
    {
        var ground = new Ground();
        try
        {
            ground.Server = await PostgresServer.StartAsync(new PostgresServerOptions { Progress = options.Progress, Settings = { ["max_connections"] = "300" } }, ct);
            await ground.Server.CreateDatabaseAsync(InspectorOptions.DatabaseName, ct);
            ground.Direct = ground.Server.GetConnectionString(InspectorOptions.DatabaseName);
            ground.Wire = WireProxy.Start(new WireProxyOptions { Port = ground.Server.Port, Observer = ground.Statements, Trouble = ground.Troubles.Add });
            var through = new NpgsqlConnectionStringBuilder(ground.Direct) { Host = "127.0.0.1", Port = ground.Wire.Port }.ConnectionString;
            ground.Setup = await InspectionSetup.PrepareAsync(options.Setup(through, ground.Direct), ct);
            return ground;
        }
        catch
        {
            await ground.DisposeAsync();
            throw;
        }
    }

    private async Task<ProbeContext> ContextAsync(Ground ground, ProbeResults results, CancellationToken ct)
    {
        var noise = await IdleNoise.ListenAsync(ground.Statements, Listening, ct);
        var scrubber = new SecretScrubber();
        foreach (var identity in ground.Setup.Users.Append(ground.Setup.Administrator).OfType<Driving.Identity>())
        {
            scrubber.Add(identity.RefreshToken);
            scrubber.Add(identity.Credentials.GetValueOrDefault("password"));
            foreach (var secret in identity.Proofs.Select(proof => proof.Value).Concat(identity.Cookies.Values)) scrubber.Add(secret);
        }

        scrubber.Add(new NpgsqlConnectionStringBuilder(ground.Direct).Password);
        return new ProbeContext
        {
            Setup = ground.Setup, Wire = ground.Wire, Statements = ground.Statements, Database = ground.Direct, Results = results, Noise = noise,
            Clock = new ProbeClock(options.Budget), Scrubber = scrubber, Seed = options.Seed,
        };
    }

    private RunFacts Facts(Ground ground, TimeSpan time)
    {
        var description = ground.Setup.Description;
        var driven = description.Operations.Count(operation => ground.Setup.Survey.Best(operation) is { Succeeded: true });
        return new RunFacts(
            options.Name, options.Command, description.Source, description.Operations.Count, driven, options.Seed, options.Time.GetUtcNow() - time, Math.Round(time.TotalSeconds, 1),
            ground.Setup.Driver.Budget.Used, $"PostgreSQL {ground.Server.Version}", [.. ground.Setup.Notes, .. ground.Troubles]);
    }

    /// <summary>What is taken down again at the end, whatever came of it.</summary>
    private sealed class Ground : IAsyncDisposable
    {
        public PostgresServer Server { get; set; } = null!;

        public string Direct { get; set; } = "";

        public WireProxy Wire { get; set; } = null!;

        public StatementLog Statements { get; } = new();

        public System.Collections.Concurrent.ConcurrentBag<string> Troubles { get; } = [];

        public InspectionSetup Setup { get; set; } = null!;

        public async ValueTask DisposeAsync()
        {
            if (Setup is not null) await Setup.DisposeAsync();
            if (Wire is not null) await Wire.DisposeAsync();
            if (Server is not null) await Server.DisposeAsync();
        }
    }
}
