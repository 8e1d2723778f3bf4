using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Json;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Readable;

namespace Roadworthy.Errors.Records;

/// <summary>Chooses the form of records from the options, the environment and the terminal.</summary>
internal sealed class RecordFormatters(IOptions<ErrorsOptions> options, IHostEnvironment? environment = null)
{
    public IRecordFormatter Chosen { get; } = Choose(options.Value, environment);

    /// <summary>For whoever keeps records, whatever the output's form.</summary>
    public JsonRecordFormatter Json { get; } = new(options.Value.MaxRecordBytes, new Masker(options.Value.SecretKeys));

    private static IRecordFormatter Choose(ErrorsOptions options, IHostEnvironment? environment)
    {
        var masker = new Masker(options.SecretKeys);
        var readable = options.Format == RecordFormat.Readable
            || (options.Format == RecordFormat.Auto && environment?.IsDevelopment() == true);
        return readable
            ? new ReadableRecordFormatter(options.MaxRecordBytes, masker, Palette.For(options.Output))
            : new JsonRecordFormatter(options.MaxRecordBytes, masker);
    }
}
