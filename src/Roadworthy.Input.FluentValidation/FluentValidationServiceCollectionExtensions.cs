using FluentValidation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roadworthy.Input;
using Roadworthy.Input.FluentValidation;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers FluentValidation with Roadworthy.Input.</summary>
public static class FluentValidationServiceCollectionExtensions
{
    /// <summary>
    /// Runs the <see cref="IValidator{T}"/> that is registered for the type of a JSON body before the endpoint's handler, beside validation
    /// attributes and in the same answer. Validators may be registered before or after this call, with any lifetime, singly or by
    /// FluentValidation's <c>AddValidatorsFromAssembly</c>; one of an object within the body is run where its parent's validator says so
    /// (<c>SetValidator</c>). Only failures of severity Error refuse a request. May be called more than once.
    /// </summary>
    /// <param name="services">The application's services. Roadworthy.Input itself is registered with AddRoadworthyInput.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRoadworthyFluentValidation(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new RegisteredValidators(services));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInputValidator, FluentInputValidator>());
        return services;
    }
}
