using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Input.FluentValidation;

/// <summary>Which <see cref="IValidator{T}"/> an application has registered for a body.</summary>
/// <param name="registrations">
/// The application's registrations, which hold each service's type in full: so none need be made at run time, which AOT could not do.
/// </param>
internal sealed class RegisteredValidators(IServiceCollection registrations)
{
    private readonly ConcurrentDictionary<Type, Type?> _byBody = new();

    /// <summary>The service to ask for; null where there is no validator.</summary>
    public Type? For(Type body, IServiceProvider services) =>
        _byBody.TryGetValue(body, out var known) ? known : _byBody[body] = Registered(body) ?? InContainer(body, services);

    private Type? Registered(Type body)
    {
        foreach (var registration in registrations)
        {
            var service = registration.ServiceType;
            if (!registration.IsKeyedService && service.IsConstructedGenericType && service.GetGenericTypeDefinition() == typeof(IValidator<>)
                && service.GenericTypeArguments[0] == body)
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>Another container has registrations of its own, and an open generic one is told for no body in particular.</summary>
    private static Type? InContainer(Type body, IServiceProvider services)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || body.IsByRefLike) return null;
        var service = typeof(IValidator<>).MakeGenericType(body);
        return services.GetService<IServiceProviderIsService>()?.IsService(service) == true ? service : null;
    }
}
