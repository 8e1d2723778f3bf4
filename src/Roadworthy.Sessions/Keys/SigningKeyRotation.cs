
using Microsoft.Extensions.Hosting;
using Roadworthy.Sessions.Events;

namespace Roadworthy.Sessions.Keys;

/// <summary>Keeps the key ring fresh, so that a rotation needs nobody and reaches every instance within a minute.</summary>
internal sealed class SigningKeyRotation(SigningKeyRing ring, TimeProvider time, ILogger<SigningKeyRotation> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await ring.RefreshAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.SigningKeysNotRefreshed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
