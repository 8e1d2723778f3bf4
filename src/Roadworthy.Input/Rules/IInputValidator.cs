using Microsoft.AspNetCore.Http;

namespace Roadworthy.Input;

/// <summary>
/// Rules of another library, run by the guard where it runs validation attributes: before the endpoint's handler, in the same answer.
/// Register it as a singleton service; any number may be registered.
/// </summary>
public interface IInputValidator
{
    /// <summary>Whether there may be rules for values of this type. Asked once per type and application.</summary>
    /// <param name="type">The type of a body.</param>
    /// <param name="services">The application's services.</param>
    bool Validates(Type type, IServiceProvider services);

    /// <summary>
    /// Runs the rules of one body. An error is reported to <paramref name="report"/>; an exception ends the request with 500. Where parts of
    /// the body could not be read, an exception only ends the looking for further errors: the parts that are missing may be its cause.
    /// </summary>
    /// <param name="type">The type of the body, as <see cref="Validates"/> was asked for it. The value may be of a type derived from it.</param>
    /// <param name="value">The body as it was read. Members that could not be read hold defaults: see <see cref="InputReport.CouldRead"/>.</param>
    /// <param name="http">The request.</param>
    /// <param name="report">Takes the errors.</param>
    /// <returns>A task that ends when all rules have run.</returns>
    ValueTask ValidateAsync(Type type, object value, HttpContext http, InputReport report);
}
