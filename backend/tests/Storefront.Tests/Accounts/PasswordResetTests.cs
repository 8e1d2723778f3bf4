using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Mail;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts;

public sealed class PasswordResetTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private const string Subject = "Choose a new password";
    private const string New = "another long password";

    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Who_forgot_a_password_chooses_another_with_the_mail_and_every_session_ends()
    {
        var person = await _host.SignUpAsync();
        await ForgotAsync($" {person.Email.ToUpperInvariant()} ").ShouldBeAsync(202);
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        await ResetAsync(token).ShouldBeAsync(204);

        await Eventually.TrueAsync("the old access token is refused", async () => (int)(await person.Client.ReadAsync("/api/me")).StatusCode == 401);
        await _host.Anonymous.PostValueAsync("/api/login", new { email = person.Email, password = People.Password }).ShouldBeProblemAsync(401, "wrong-credentials");
        using var again = _host.Client(await _host.LogInAsync(person.Email, New));
        Assert.True((await again.ReadAsync("/api/me").ShouldBeAsync(200)).GetProperty("emailConfirmed").GetBoolean());
    }

    [Fact]
    public async Task A_token_is_good_once_also_when_twenty_use_it_at_once()
    {
        var person = await _host.SignUpAsync();
        await ForgotAsync(person.Email).ShouldBeAsync(202);
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => ResetAsync(token, $"password number {n}"))));
        var won = Assert.Single(Enumerable.Range(0, 20), n => (int)answers[n].StatusCode == 204);
        foreach (var lost in answers.Where((_, n) => n != won)) await Task.FromResult(lost).ShouldBeProblemAsync(410, "mail-token-gone");
        Assert.NotEmpty(await _host.LogInAsync(person.Email, $"password number {won}"));
    }

    [Fact]
    public async Task A_password_that_was_changed_since_voids_the_mail()
    {
        var person = await _host.SignUpAsync();
        await ForgotAsync(person.Email).ShouldBeAsync(202);
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        await person.Client.PostValueAsync("/api/password", new { current = People.Password, @new = New }).ShouldBeAsync(200);
        await ResetAsync(token, "the thief's password").ShouldBeProblemAsync(410, "mail-token-gone");
        Assert.NotEmpty(await _host.LogInAsync(person.Email, New));
    }

    [Fact]
    public async Task Who_has_a_new_password_and_forgets_it_at_once_is_sent_another_mail_and_need_not_wait_for_the_dead_one_to_run_out()
    {
        var person = await _host.SignUpAsync();
        await ForgotAsync(person.Email).ShouldBeAsync(202);
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        await ResetAsync(token).ShouldBeAsync(204);
        await ForgotAsync(person.Email).ShouldBeAsync(202);
        await _host.Mailbox.TokenAsync(person.Email, Subject, count: 2);
        var second = Assert.Single(_host.Mailbox.To(person.Email).Where(mail => mail.Subject == Subject).Select(Mailbox.TokenIn), other => other != token);
        await ResetAsync(second, "a third password").ShouldBeAsync(204);
        Assert.NotEmpty(await _host.LogInAsync(person.Email, "a third password"));
    }

    [Fact]
    public async Task What_is_no_token_any_more_and_what_never_was_one_are_answered_alike()
    {
        var person = await _host.SignUpAsync();
        var confirmation = await _host.Mailbox.TokenAsync(person.Email, "Confirm your address");
        foreach (var token in (string[])["x", new('A', MailTokens.TextLength), confirmation])
        {
            var problem = await ResetAsync(token).ShouldBeProblemAsync(410, "mail-token-gone");
            Assert.Equal("It was used, is too old, or is not whole. Ask for another mail.", problem.GetProperty("detail").GetString());
        }
    }

    [Fact]
    public async Task An_unknown_address_is_answered_and_written_down_as_a_known_one_and_gets_no_mail()
    {
        var (known, unknown) = ((await _host.SignUpAsync()).Email, People.NewEmail());
        var before = await RowsAsync();
        var answers = new[] { await ForgotAsync(known), await ForgotAsync(unknown) };
        Assert.All(answers, answer => Assert.Equal(202, (int)answer.StatusCode));
        Assert.Equal(Shape(answers[0]), Shape(answers[1]));
        Assert.Equal(before + 2, await RowsAsync());
        await _host.Mailbox.TokenAsync(known, Subject);
        await DoneAsync();
        Assert.Empty(_host.Mailbox.To(unknown));

        static string Shape(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "traceparent")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
    }

    [Fact]
    public async Task Nobody_can_flood_an_address_and_nobody_can_use_up_its_mails()
    {
        var person = await _host.SignUpAsync();
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ForgotAsync(person.Email)))) await answer.ShouldBeAsync(202);
        await _host.Mailbox.TokenAsync(person.Email, Subject);

        // A minute, then two, four ... and never more than a mail is good for.
        var pauses = (int[])[1, 2, 4, 8, 16, 32, 60, 60];
        for (var n = 0; n < pauses.Length; n++)
        {
            await PassAsync(person.Id, TimeSpan.FromMinutes(pauses[n]) - TimeSpan.FromSeconds(20));
            await ForgotAsync(person.Email).ShouldBeAsync(202);
            await DoneAsync();
            await _host.Mailbox.TokenAsync(person.Email, Subject, count: n + 1);
            await PassAsync(person.Id, TimeSpan.FromSeconds(20));
            await ForgotAsync(person.Email).ShouldBeAsync(202);
            await _host.Mailbox.TokenAsync(person.Email, Subject, count: n + 2);
        }

        await DoneAsync();
        await PassAsync(person.Id, TimeSpan.FromHours(25));
        Assert.True(await ActivatorUtilities.CreateInstance<Housekeeping>(_host.Services).PurgeAsync(TestContext.Current.CancellationToken) > 0);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM owed_mails WHERE kind = 2 AND recipient_id = $1", person.Id));
    }

    [Fact]
    public async Task The_failures_before_do_not_delay_the_log_in_after()
    {
        var person = await _host.SignUpAsync();
        for (var n = 0; n < 5; n++) await _host.Anonymous.PostValueAsync("/api/login", new { email = person.Email, password = "wrong" }).ShouldBeProblemAsync(401);
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE log_in_attempts SET blocked_until = now() + interval '10 minutes'");
        await _host.Anonymous.PostValueAsync("/api/login", new { email = person.Email, password = People.Password }).ShouldBeProblemAsync(429);
        await ForgotAsync(person.Email).ShouldBeAsync(202);
        await ResetAsync(await _host.Mailbox.TokenAsync(person.Email, Subject)).ShouldBeAsync(204);
        Assert.NotEmpty(await _host.LogInAsync(person.Email, New));
    }

    [Fact]
    public async Task Neither_the_database_nor_the_log_holds_the_address_or_the_token()
    {
        var person = await _host.SignUpAsync();
        await ForgotAsync(person.Email).ShouldBeAsync(202);
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        await DoneAsync();
        var rows = await Sql.ScalarAsync<string>(_host.ConnectionString, "SELECT string_agg(m::text, '\n') FROM owed_mails m");
        _host.FlushedRecords();
        foreach (var secret in (string[])[person.Email, person.Email.ToUpperInvariant(), token])
        {
            Assert.DoesNotContain(secret, rows, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, _host.Records.Text, StringComparison.Ordinal);
        }

        Assert.Contains(person.Id.ToString(), _host.Records.Text, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> ForgotAsync(string email) => _host.Anonymous.PostValueAsync("/api/password/forgot", new { email });

    private Task<HttpResponseMessage> ResetAsync(string token, string password = New) =>
        _host.Anonymous.PostValueAsync("/api/password/reset", new { token, @new = password });

    private Task<long> RowsAsync() => Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM owed_mails WHERE kind = 2");

    private Task<TimeSpan> DoneAsync() => Eventually.TrueAsync(
        "nothing is owed", async () => await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM owed_mails WHERE due_at IS NOT NULL") == 0);

    private Task PassAsync(Guid user, TimeSpan time) => Sql.ExecuteAsync(
        _host.ConnectionString, "UPDATE owed_mails SET requested_at = requested_at - $2 WHERE kind = 2 AND recipient_id = $1", user, time);
}
