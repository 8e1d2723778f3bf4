using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions.Keys;

namespace Roadworthy.Sessions.DataProtection;

/// <summary>Seals the ring's keys before they are stored: a dump of the database opens and makes nothing.</summary>
internal sealed class RingEncryptor(RootKeys roots) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var secret = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = SealedBox.Seal(secret, RingDecryptor.Label, roots.Derive(RingDecryptor.Purpose)[0]);
        return new(new XElement("sealed", Convert.ToBase64String(box)), typeof(RingDecryptor));
    }
}

/// <summary>Opens what <see cref="RingEncryptor"/> sealed, under any accepted root key. The ring names this type: it has to stay where it is.</summary>
internal sealed class RingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public const string Purpose = "sessions/data-protection";

    public static ReadOnlySpan<byte> Label => "data-protection"u8;

    /// <exception cref="CryptographicException">It was sealed under a root key that is not accepted. Data Protection leaves such a key aside and makes a new one.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var box = Convert.FromBase64String(encryptedElement.Value);
        CryptographicException? fault = null;
        foreach (var key in services.GetRequiredService<RootKeys>().Derive(Purpose))
        {
            try
            {
                return XElement.Parse(Encoding.UTF8.GetString(SealedBox.Open(box, Label, key)));
            }
            catch (CryptographicException error)
            {
                fault = error;
            }
        }

        throw new CryptographicException("A key in table roadworthy.data_protection_keys was sealed under a root key that is neither RootKey nor among AcceptedRootKeys.", fault);
    }
}
