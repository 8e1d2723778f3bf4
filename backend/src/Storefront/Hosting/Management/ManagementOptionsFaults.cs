using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Storefront.Hosting.Management;

/// <summary>Every address that can't be listened on.</summary>
internal sealed class ManagementOptionsFaults : IValidateOptions<ManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, ManagementOptions options)
    {
        var faults = options.Addresses.Where(address => !IsGood(address))
            .Select(address => $"{ManagementOptions.Section}:Urls holds '{address}', which is no address such as {ManagementOptions.DefaultUrl}: http, a name or an IP address, a port, and no path. 'off' turns the listener off.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsGood(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address.Scheme == "http" && !address.IsUnixPipe && address.PathBase.Length == 0 && HasPort(text) && address.Port is >= 0 and <= 65_535;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Without one, port 80 would be meant.
    private static bool HasPort(string text) => char.IsAsciiDigit(text.TrimEnd('/')[^1]) && text.LastIndexOf(':') > Math.Max(text.IndexOf("://", StringComparison.Ordinal), text.LastIndexOf(']'));
}
