using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Roadworthy.Queries.Places;

/// <summary>
/// From which line to which a method goes, by its assembly's symbols: of a method that was compiled for speed the runtime may tell the beginning in place of the
/// statement.
/// </summary>
internal static class MethodLines
{
    /// <summary>Such as <c>OrdersList.cs:38-45</c>; null without symbols in a file of their own.</summary>
    public static string? Of(MethodBase method)
    {
        try
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(method.Module.FullyQualifiedName, ".pdb")));
            var reader = provider.GetMetadataReader();
            var points = reader.GetMethodDebugInformation(MetadataTokens.MethodDefinitionHandle(method.MetadataToken & 0xffffff)).GetSequencePoints().Where(point => !point.IsHidden).ToList();
            if (points.Count == 0) return null;
            var file = reader.GetString(reader.GetDocument(points[0].Document).Name);
            return string.Create(CultureInfo.InvariantCulture, $"{file[(file.LastIndexOfAny(['/', '\\']) + 1)..]}:{points.Min(point => point.StartLine)}-{points.Max(point => point.EndLine)}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
