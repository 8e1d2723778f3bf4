using Microsoft.Extensions.Options;

namespace Storefront.Hosting.Management;

/// <summary>The management listener, put together.</summary>
internal static class ManagementSetup
{
    public static WebApplicationBuilder AddManagement(this WebApplicationBuilder builder)
    {
        if (!ManagementOptions.IsOn(builder.Configuration)) return builder;
        builder.Services.AddOptions<ManagementOptions>().BindConfiguration(ManagementOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ManagementOptions>, ManagementOptionsFaults>();
        builder.Services.AddSingleton<ManagementListener>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ManagementListener>());
        return builder;
    }
}
