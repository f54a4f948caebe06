"""The empty signature field: where the signatory signs, and a signing tool fills it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from dcs_desktop.core.report import Letterhead
from dcs_desktop.printing import Wishes, render_report
from tests.printing.measuring import sheets
from tests.printing.samples import PARTY, STATE, form, printed, report

BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])
WISHES = pytest.mark.parametrize(
    "wishes",
    [Wishes(signature_field=True), Wishes(archive=True, signature_field=True)],
    ids=["plain", "archive"],
)
FIELD = Wishes(signature_field=True)


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> SimpleSigner:
    """A signatory with a certificate of their own making."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Nguyễn Văn A")])
    day = datetime.now(UTC)
    made = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=7,
        not_valid_before=day - timedelta(days=1),
        not_valid_after=day + timedelta(days=1),
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    signs = x509.KeyUsage(
        digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usage
    )
    certificate = made.add_extension(signs, critical=True).sign(key, hashes.SHA256())
    path: Path = tmp_path_factory.mktemp("token") / "token.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, BestAvailableEncryption(b"1234"))
    )
    loaded = SimpleSigner.load_pkcs12(str(path), passphrase=b"1234")  # type: ignore[no-untyped-call]  # pyHanko's
    assert isinstance(loaded, SimpleSigner)
    return loaded


def made(head: Letterhead = STATE, wishes: Wishes = FIELD) -> bytes:
    """The sample report with a field to sign in."""
    return render_report(report(head), form(), wishes=wishes).data


@BOTH
@WISHES
def test_a_signing_tool_fills_the_field_and_the_signature_holds(
    head: Letterhead, wishes: Wishes, signer: SimpleSigner
) -> None:
    signed = sign_pdf(
        IncrementalPdfFileWriter(BytesIO(made(head, wishes))),
        PdfSignatureMetadata(field_name="ChuKy1"),
        signer=signer,
        existing_fields_only=True,
    )
    (signature,) = PdfFileReader(signed).embedded_signatures
    trusted = ValidationContext(trust_roots=[signer.signing_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trusted)
    assert signature.field_name == "ChuKy1"
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE


def test_a_file_changed_after_signing_is_found_out(signer: SimpleSigner) -> None:
    signed = sign_pdf(
        IncrementalPdfFileWriter(BytesIO(made())), PdfSignatureMetadata(field_name="ChuKy1"), signer=signer
    )
    data = bytearray(signed.getbuffer())
    data[200] ^= 1
    (signature,) = PdfFileReader(BytesIO(bytes(data)), strict=False).embedded_signatures
    assert not validate_pdf_signature(
        signature, ValidationContext(trust_roots=[], allow_fetching=False)
    ).intact


@BOTH
@WISHES
def test_the_field_takes_the_space_between_title_and_name(head: Letterhead, wishes: Wishes) -> None:
    data = made(head, wishes)
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [
            (number, [float(corner) for corner in field.Rect])
            for number, page in enumerate(pdf.pages)
            for field in page.obj.get("/Annots", [])
            if field.Subtype == "/Widget"
        ]
    ((page, (left, bottom, right, top)),) = found
    sheet = sheets(data)[page]
    above, below = sheet.line(head.signing[-1].upper()), sheet.line("Nguyễn Văn A")
    assert (left + right) / 2 == pytest.approx(below.middle, abs=0.5)
    assert (left + right) / 2 == pytest.approx(above.middle, abs=0.5)
    assert right <= sheet.width - 15 / 25.4 * 72 + 0.1
    assert sheet.height - top > above.base
    assert sheet.height - bottom < below.base - 0.6 * below.size
    assert top - bottom == pytest.approx(24 / 25.4 * 72, abs=0.1)


def test_the_field_is_an_empty_one_that_is_printed_and_shown_as_nothing() -> None:
    with pikepdf.open(BytesIO(made())) as pdf:
        form_fields = pdf.Root.AcroForm
        (field,) = form_fields.Fields
        assert (str(field.FT), int(field.F), int(form_fields.SigFlags)) == ("/Sig", 4, 1)
        assert "/V" not in field
        assert field.AP.N.read_bytes() == b""
    assert sheets(made()) == sheets(printed().data)
