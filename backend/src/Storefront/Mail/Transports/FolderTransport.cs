using System.Globalization;
using MimeKit;

namespace Storefront.Mail.Transports;

/// <summary>Writes every mail as a file that mail programs open. For development.</summary>
internal sealed class FolderTransport(string folder, TimeProvider time) : IMailTransport
{
    private int _number;

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // They hold tokens: nobody else's business, on a machine of several users either.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var subject = message.Subject!.ToLowerInvariant().Replace(' ', '-');
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd'T'HHmmss.fff}-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}-{subject}.eml");
        var draft = Path.Combine(folder, $"{name}.draft");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(draft, options)) await message.WriteToAsync(file, cancellationToken);
        File.Move(draft, Path.Combine(folder, name));
    }

    public Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
