using Storefront.Hosting;

namespace Storefront.Mail;

/// <summary>Says at start that no mail is sent, so that nobody learns it from a person who forgot a password.</summary>
internal sealed class NoMail(ILogger<NoMail> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        log.NoMail();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
