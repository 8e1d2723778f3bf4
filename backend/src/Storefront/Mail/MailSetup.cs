using Microsoft.Extensions.Options;
using Storefront.Mail.Transports;

namespace Storefront.Mail;

/// <summary>Mail, put together.</summary>
internal static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsFaults>();
        services.AddSingleton<MailTokens>();
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<MailWaiting>();
        services.AddScoped<Outbox>();
        services.AddSingleton<IMailTransport>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
            return string.IsNullOrWhiteSpace(options.Host) ? new FolderTransport(options.Folder!, provider.GetRequiredService<TimeProvider>()) : new SmtpTransport(options);
        });
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.IsSet
            ? ActivatorUtilities.CreateInstance<MailSender>(provider)
            : ActivatorUtilities.CreateInstance<NoMail>(provider));
        return services;
    }
}
