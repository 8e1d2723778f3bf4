using Microsoft.IdentityModel.Tokens;

namespace Roadworthy.Sessions.AccessTokens;

/// <summary>
/// Verifies signatures of one key, each of them once: a client sends the same access token with every request, and the arithmetic is most of
/// what reading it costs. It belongs to the key: with the key, what was verified by it is forgotten.
/// </summary>
internal sealed class RememberingVerifier : SignatureProvider
{
    private readonly SignatureProvider _inner;
    private readonly VerifiedSignatures _verified;

    private RememberingVerifier(SecurityKey key, string algorithm, VerifiedSignatures verified)
        : base(key, algorithm) => (_inner, _verified) = (CryptoProviderFactory.Default.CreateForVerifying(key, algorithm), verified);

    public override byte[] Sign(byte[] input) => throw new NotSupportedException("This one verifies only. This is a bug in Roadworthy.Sessions.");

    public override bool Verify(byte[] input, byte[] signature) => Verify(input, 0, input.Length, signature, 0, signature.Length);

    public override bool Verify(byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength)
    {
        if (signatureLength != VerifiedSignatures.SignatureLength) return false;
        var hash = VerifiedSignatures.HashOf(input.AsSpan(inputOffset, inputLength), signature.AsSpan(signatureOffset, signatureLength));
        if (_verified.Contains(hash)) return true;
        if (!_inner.Verify(input, inputOffset, inputLength, signature, signatureOffset, signatureLength)) return false;
        _verified.Add(hash);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        // It goes with its key, and is shared by all requests until then.
    }

    /// <summary>Hands the verifier of a key out, over and over; for everything else than ES256 it does as the default one.</summary>
    public sealed class Factory(VerifiedSignatures verified) : CryptoProviderFactory
    {
        private readonly Lock _making = new();
        private RememberingVerifier? _verifier;

        public override SignatureProvider CreateForVerifying(SecurityKey key, string algorithm) => CreateForVerifying(key, algorithm, cacheProvider: true);

        public override SignatureProvider CreateForVerifying(SecurityKey key, string algorithm, bool cacheProvider)
        {
            if (algorithm != SecurityAlgorithms.EcdsaSha256) return Default.CreateForVerifying(key, algorithm, cacheProvider);
            lock (_making) return _verifier ??= new(key, algorithm, verified);
        }

        public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm) => Default.CreateForSigning(key, algorithm);

        public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm, bool cacheProvider) => Default.CreateForSigning(key, algorithm, cacheProvider);

        public override void ReleaseSignatureProvider(SignatureProvider signatureProvider)
        {
            if (signatureProvider is not RememberingVerifier) Default.ReleaseSignatureProvider(signatureProvider);
        }
    }
}
