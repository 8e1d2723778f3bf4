using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Input.FluentValidation;

/// <summary>Runs the validator that is registered for a body's type.</summary>
internal sealed class FluentInputValidator(RegisteredValidators validators) : IInputValidator
{
    public bool Validates(Type type, IServiceProvider services) => validators.For(type, services) is not null;

    public async ValueTask ValidateAsync(Type type, object value, HttpContext http, InputReport report)
    {
        if (validators.For(type, http.RequestServices) is not { } service || http.RequestServices.GetService(service) is not IValidator validator) return;
        foreach (var failure in await FailuresAsync(validator, value, http.RequestAborted).ConfigureAwait(false))
        {
            if (failure.Severity != Severity.Error || ComparesWithUnread(failure, report)) continue;
            report.Add(failure.PropertyName ?? "", FluentRuleName.Of(failure.ErrorCode), failure.ErrorMessage ?? "");
        }
    }

    private static async Task<IEnumerable<ValidationFailure>> FailuresAsync(IValidator validator, object value, CancellationToken cancellation)
    {
        try
        {
            return (await validator.ValidateAsync(new ValidationContext<object>(value), cancellation).ConfigureAwait(false)).Errors;
        }
        catch (ValidationException refused)
        {
            // A validator that itself asks another one, or throws on failure, says the same in another way.
            return refused.Errors;
        }
    }

    /// <summary>The other side of a comparison could not be read: the validator compared with what nobody sent.</summary>
    private static bool ComparesWithUnread(ValidationFailure failure, InputReport report)
    {
        if (failure.FormattedMessagePlaceholderValues?.GetValueOrDefault("ComparisonProperty") is not string { Length: > 0 } compared) return false;
        // The name is given as a message shows it ("Start Date"), and without the path to its object.
        var path = failure.PropertyName ?? "";
        return !report.CouldRead(path[..(path.LastIndexOf('.') + 1)] + compared.Replace(" ", "", StringComparison.Ordinal));
    }
}
