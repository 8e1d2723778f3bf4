using System.Net.Mail;
using FirstDraft.Tickets;

namespace FirstDraft.Mended.Http;

/// <summary>A request that was read and breaks rules.</summary>
public class InvalidRequestException(Dictionary<string, string[]> errors) : Exception("The request breaks rules.")
{
    public Dictionary<string, string[]> Errors { get; } = errors;
}

/// <summary>Collects what a request breaks, by field.</summary>
public sealed class Rules
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public Rules Text(string field, string? value, int max, int min = 1) =>
        Require(field, FirstDraft.Tickets.Text.Fits(value, max) && value!.Length >= min, $"Has to be a text of {min} to {max} characters that can be stored");

    public Rules OptionalText(string field, string? value, int max) => value is null ? this : Text(field, value, max);

    public Rules Range(string field, int? value, int min, int max) =>
        Require(field, value is null || (value >= min && value <= max), $"Has to be from {min} to {max}");

    public Rules Email(string field, string? value) => Require(
        field, FirstDraft.Tickets.Text.Fits(value, 254) && MailAddress.TryCreate(value, out var address) && address.Address == value, "Has to be an e-mail address");

    public Rules Require(string field, bool holds, string message)
    {
        if (!holds) _errors[field] = [message];
        return this;
    }

    /// <exception cref="InvalidRequestException">A rule is broken.</exception>
    public void Check()
    {
        if (_errors.Count > 0) throw new InvalidRequestException(_errors);
    }
}
