"""Signs a PDF, as a unit does before it publishes one."""

from __future__ import annotations

import datetime
import io

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

ROOM = 4000  # bytes for the signature
RANGE = b"[ 1111111111 2222222222 3333333333 4444444444 ]"


def signed(data: bytes) -> bytes:
    """The PDF with a signature of all its bytes by a key made for it."""
    opened = pikepdf.open(io.BytesIO(data))
    signature = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        ByteRange=pikepdf.Array([1111111111, 2222222222, 3333333333, 4444444444]),
        Contents=pikepdf.String(b"\x9d" * ROOM),
    )
    field = opened.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String("sign"),
            Rect=pikepdf.Array([0, 0, 0, 0]),
            F=132,
            P=opened.pages[0].obj,
            V=opened.make_indirect(signature),
        )
    )
    opened.pages[0].Annots = pikepdf.Array([field])
    form = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
    opened.Root.AcroForm = opened.make_indirect(form)
    out = io.BytesIO()
    opened.save(out, deterministic_id=True)
    return _filled(out.getvalue())


def _filled(data: bytes) -> bytes:
    """The file with its range and its signature filled in."""
    start = data.index(b"<" + b"9d" * 20)
    end = data.index(b">", start) + 1
    placed = f"[ 0 {start} {end} {len(data) - end} ]".encode().ljust(len(RANGE))
    data = data.replace(RANGE, placed)
    made = _signature(data[:start] + data[end:]).hex().encode()
    return data[: start + 1] + made.ljust(2 * ROOM, b"0") + data[end - 1 :]


def _signature(content: bytes) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "narrcheck test")])
    day = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.add_signer(certificate, key, hashes.SHA256()).sign(Encoding.DER, options)
