using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Roadworthy.Sessions.Keys;
using Storefront.Accounts;
using Storefront.Mail;
using Storefront.Tests.Support;

namespace Storefront.Tests.Mail;

public sealed class MailTokensTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-01-31T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly byte[] _root = RandomNumberGenerator.GetBytes(RootKey.Length);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_token_is_good_for_its_user_and_purpose_and_no_other(int number)
    {
        var (kind, other) = ((MailKind)number, (MailKind)(3 - number));
        var (tokens, user) = (Tokens(_root), NewUser());
        var token = tokens.Seal(kind, user);
        Assert.Equal(MailTokens.TextLength, token.Length);
        Assert.Equal(user.Id, MailTokens.UserOf(token));
        Assert.True(tokens.IsGood(token, kind, user));
        Assert.False(tokens.IsGood(token, other, user));
        Assert.False(tokens.IsGood(token, kind, NewUser()));
        Assert.False(tokens.IsGood(token, kind, With(user, email: "OTHER@EXAMPLE.COM")));
        Assert.False(Tokens(RandomNumberGenerator.GetBytes(RootKey.Length)).IsGood(token, kind, user));
    }

    [Fact]
    public void A_new_stamp_voids_a_reset_and_not_a_confirmation()
    {
        var (tokens, user) = (Tokens(_root), NewUser());
        var changed = With(user, stamp: "ANOTHER");
        Assert.False(tokens.IsGood(tokens.Seal(MailKind.ResetPassword, user), MailKind.ResetPassword, changed));
        Assert.True(tokens.IsGood(tokens.Seal(MailKind.ConfirmEmail, user), MailKind.ConfirmEmail, changed));
    }

    [Fact]
    public void A_reset_is_good_for_an_hour_and_a_confirmation_for_three_days()
    {
        var (tokens, user) = (Tokens(_root), NewUser());
        foreach (var (kind, lifetime) in ((MailKind, TimeSpan)[])[(MailKind.ResetPassword, TimeSpan.FromHours(1)), (MailKind.ConfirmEmail, TimeSpan.FromDays(3))])
        {
            var token = tokens.Seal(kind, user);
            _clock.Advance(lifetime - TimeSpan.FromSeconds(1));
            Assert.True(tokens.IsGood(token, kind, user));
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.False(tokens.IsGood(token, kind, user));
        }
    }

    [Fact]
    public void While_the_root_key_changes_tokens_of_either_are_taken()
    {
        var (next, user) = (RandomNumberGenerator.GetBytes(RootKey.Length), NewUser());
        var token = Tokens(_root).Seal(MailKind.ResetPassword, user);
        Assert.True(Tokens(next, _root).IsGood(token, MailKind.ResetPassword, user));
        Assert.False(Tokens(next).IsGood(token, MailKind.ResetPassword, user));
    }

    [Fact]
    public void Any_other_text_is_none()
    {
        var (tokens, user) = (Tokens(_root), NewUser());
        var token = tokens.Seal(MailKind.ResetPassword, user);
        for (var at = 0; at < token.Length; at++)
        {
            foreach (var letter in "AQgw_-=+/ \u0000é".Where(letter => letter != token[at]))
                Assert.False(tokens.IsGood($"{token[..at]}{letter}{token[(at + 1)..]}", MailKind.ResetPassword, user), $"{letter} at {at}");
        }

        foreach (var text in (string[])["", "x", token[..^1], token + "A", $" {token}", $"{token}=", new('A', MailTokens.TextLength)])
            Assert.False(tokens.IsGood(text, MailKind.ResetPassword, user), text);
    }

    private MailTokens Tokens(params byte[][] roots) => new(Roots.Of(roots), Options.Create(new MailOptions()), _clock);

    private static User NewUser() => new() { Id = Guid.CreateVersion7(), Name = "A", Age = 1, NormalizedEmail = "A@EXAMPLE.COM", SecurityStamp = "STAMP" };

    private static User With(User user, string? email = null, string? stamp = null) =>
        new() { Id = user.Id, Name = "A", Age = 1, NormalizedEmail = email ?? user.NormalizedEmail, SecurityStamp = stamp ?? user.SecurityStamp };
}
