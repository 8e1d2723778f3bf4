using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Roadworthy.Errors.Output;

/// <summary>
/// Writes to the process's standard output without a buffer. Not Console's stream on Unix: it hides that the reader has gone,
/// and a record that nobody got would count as written.
/// </summary>
internal static partial class StandardOutput
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const short Writable = 4;

    public static WriteBytes Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            return Write;
        }

        return ToStream(Console.OpenStandardOutput());
    }

    public static WriteBytes ToStream(Stream stream) => bytes =>
    {
        stream.Write(bytes);
        stream.Flush();
    };

    private static unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var written = write(Descriptor, start + done, (nuint)(bytes.Length - done));
                if (written >= 0)
                {
                    done += (int)written;
                    continue;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error is WouldBlockLinux or WouldBlockMac)
                {
                    var waitFor = new PollDescriptor { Descriptor = Descriptor, Events = Writable };
                    _ = poll(&waitFor, 1, -1);
                }
                else if (error != Interrupted)
                {
                    throw new Win32Exception(error);
                }
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
