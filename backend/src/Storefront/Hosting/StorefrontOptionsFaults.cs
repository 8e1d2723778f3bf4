using System.Net;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;

namespace Storefront.Hosting;

/// <summary>
/// What no attribute can check. A validator of its own: IValidatableObject is asked only where every attribute is content, so
/// that its faults would come to light one start later.
/// </summary>
internal sealed class StorefrontOptionsFaults : IValidateOptions<StorefrontOptions>
{
    public ValidateOptionsResult Validate(string? name, StorefrontOptions options)
    {
        var faults = Find(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Find(StorefrontOptions options)
    {
        if (options.RootKey is not null && RootKey.Fault(options.RootKey) is { } fault)
            yield return $"Storefront:RootKey can't be used: {fault}. Make one with 'openssl rand -base64 {RootKey.Length}'.";
        foreach (var proxy in options.TrustedProxies.Where(text => !IPNetwork.TryParse(text, out _) && !IPAddress.TryParse(text, out _)))
            yield return $"Storefront:TrustedProxies holds '{proxy}', which is neither an address nor a network such as 10.0.0.0/8.";
    }
}
