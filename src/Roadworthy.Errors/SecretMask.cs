using System.Globalization;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors;

/// <summary>
/// The masking that every record passes, for whatever else leaves the process: telemetry exporters, audit trails. A singleton of the
/// host's services, with the names that <see cref="ErrorsOptions.SecretKeys"/> adds.
/// </summary>
/// <param name="options">Where the added names come from.</param>
public sealed class SecretMask(IOptions<ErrorsOptions> options)
{
    private readonly Masker _masker = new(options.Value.SecretKeys);

    /// <summary>The text with what looks like a secret in it replaced by <c>***</c>; the text itself when there is nothing.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _masker.Apply(text);
    }

    /// <summary>The value of something named: masked as a whole where the name says secret, else where its text holds one.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public object? Apply(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return value switch
        {
            null => null,
            _ when _masker.IsSecret(name) => TextMasker.Mask,
            string text => _masker.Apply(text),
            bool or char or Enum or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => value,
            _ when value.GetType().IsPrimitive || value is decimal => value,
            // An exporter would make text of it afterwards, past any mask.
            _ => _masker.Apply(Guarded.Text(value, static other => Convert.ToString(other, CultureInfo.InvariantCulture)) ?? ""),
        };
    }
}
