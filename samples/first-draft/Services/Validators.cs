using System.Net.Mail;
using FirstDraft.Models;

namespace FirstDraft.Services;

/// <summary>Checks requests. Each method returns the errors by field; none means valid.</summary>
public static class Validators
{
    public static Dictionary<string, string[]> Validate(SignupRequest request) => Errors(
        ("email", IsEmail(request.Email), "A valid email is required"),
        ("password", request.Password is { Length: >= 8 }, "At least 8 characters"),
        ("name", HasText(request.Name), "Name is required"),
        ("age", request.Age > 0, "Age must be positive"));

    public static Dictionary<string, string[]> Validate(LoginRequest request) => Errors(
        ("email", HasText(request.Email), "Email is required"),
        ("password", HasText(request.Password), "Password is required"));

    public static Dictionary<string, string[]> Validate(RefreshRequest request) => Errors(
        ("refreshToken", HasText(request.RefreshToken), "Refresh token is required"));

    public static Dictionary<string, string[]> Validate(LogoutRequest request) => Errors(
        ("refreshToken", HasText(request.RefreshToken), "Refresh token is required"));

    public static Dictionary<string, string[]> Validate(UpdateMeRequest request) => Errors(
        ("name", request.Name is null || HasText(request.Name), "Name must not be empty"),
        ("age", request.Age is null or > 0, "Age must be positive"));

    public static Dictionary<string, string[]> Validate(NewProductRequest request) => Errors(
        ("sku", HasText(request.Sku), "SKU is required"),
        ("name", HasText(request.Name), "Name is required"),
        ("priceCents", request.PriceCents > 0, "Price must be positive"),
        ("weightGrams", request.WeightGrams is null or > 0, "Weight must be positive"),
        ("maxPerOrder", request.MaxPerOrder is null or > 0, "Maximum must be positive"));

    public static Dictionary<string, string[]> Validate(UpdateProductRequest request) => Errors(
        ("name", request.Name is null || HasText(request.Name), "Name must not be empty"),
        ("priceCents", request.PriceCents is null or > 0, "Price must be positive"),
        ("weightGrams", request.WeightGrams is null or > 0, "Weight must be positive"),
        ("maxPerOrder", request.MaxPerOrder is null or > 0, "Maximum must be positive"));

    public static Dictionary<string, string[]> Validate(NewReviewRequest request) => Errors(
        ("rating", request.Rating is >= 1 and <= 5, "Rating must be between 1 and 5"),
        ("text", HasText(request.Text), "Text is required"));

    public static Dictionary<string, string[]> Validate(NewOrderRequest request) => Errors(
        ("items", request.Items is { Count: > 0 }, "At least one item is required"),
        ("items.sku", request.Items?.All(item => HasText(item?.Sku)) ?? true, "SKU is required"),
        ("items.quantity", request.Items?.All(item => item?.Quantity > 0) ?? true, "Quantity must be positive"));

    public static Dictionary<string, string[]> Validate(NewAddressRequest request) => Errors(
        ("street", HasText(request.Street), "Street is required"),
        ("city", HasText(request.City), "City is required"));

    public static Dictionary<string, string[]> Validate(UpdateAddressRequest request) => Errors(
        ("street", request.Street is null || HasText(request.Street), "Street must not be empty"),
        ("city", request.City is null || HasText(request.City), "City must not be empty"));

    public static bool IsEmail(string? text) => text is not null && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);

    private static Dictionary<string, string[]> Errors(params (string Field, bool Valid, string Message)[] rules) =>
        rules.Where(rule => !rule.Valid).ToDictionary(rule => rule.Field, rule => new[] { rule.Message }, StringComparer.Ordinal);
}
