using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Idempotency.Requests;

/// <summary>Hashes a form that was read before the endpoint, as antiforgery does: its body is gone, and what it said is not.</summary>
internal static class FormHash
{
    public static async Task AddAsync(IncrementalHash hash, IFormCollection form, CancellationToken cancellationToken)
    {
        // How many fields there are: else one could be taken for the beginning of a file.
        hash.Append(form.Count);
        foreach (var (name, values) in form)
        {
            hash.Append(name);
            hash.Append(values.Count);
            foreach (var value in values) hash.Append(value ?? "");
        }

        foreach (var file in form.Files)
        {
            hash.Append(file.Name);
            hash.Append(file.FileName);
            hash.Append(file.ContentType ?? "");
            await using var content = file.OpenReadStream();
            hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }
    }
}
